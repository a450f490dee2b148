/** Bundled as bytes: by esbuild's binary loader and, in unit tests, by a plugin in vitest.config.ts. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** Bundled as a string: by esbuild's text loader and, in unit tests, by the same plugin. */
declare module '*.txt' {
  const text: string;
  export default text;
}

/** What the engine uses of WebAssembly's interface; TypeScript itself describes it only for browsers. */
declare namespace WebAssembly {
  class Memory {
    constructor(pages: { initial: number; maximum: number; shared: true });
    readonly buffer: SharedArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class CompileError extends Error {}
  function validate(bytes: Uint8Array): boolean;
  function compile(bytes: Uint8Array): Promise<Module>;
}
