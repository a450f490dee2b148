/** Code units of a document above which only what the requests show of it is known. */
export const MAX_FOLLOWED_LENGTH = 1e6;
