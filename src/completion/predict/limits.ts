/** Code units of a document above which only what the requests show of it is known. */
export const MAX_FOLLOWED_LENGTH = 1e6;
/**
 * Code units of a document above which neither its lines are rated nor its characters coloured: it is data, and to rate
 * a million characters takes some 12 seconds.
 */
export const MAX_ANNOTATED_LENGTH = 1e6;
