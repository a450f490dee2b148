/** Compiles to dist/ the kernels and the threads' programs, which the bundles carry inside, unless they are up to date. */
export function buildEmbedded(): Promise<void>;
