/** Code units of a document above which only what the requests show of it is known. */
export const longestFollowed = 1e6;
