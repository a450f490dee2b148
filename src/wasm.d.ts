/** Bundled as bytes: by esbuild's binary loader and, in unit tests, by a plugin in vitest.config.ts. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
