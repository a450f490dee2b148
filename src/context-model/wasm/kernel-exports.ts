import { Alphabet } from './alphabet.ts';
import type { Kernels } from './kernels-interface.ts';

export type { Kernels };

const compiled = new WeakMap<Uint8Array, Promise<WebAssembly.Module>>();

/** The kernels of a program on a memory of their own, which grows as it must, up to 4 GiB. */
export async function createKernels(program: Uint8Array<ArrayBuffer>): Promise<Kernels> {
  const module = compiled.get(program) ?? WebAssembly.compile(program);
  compiled.set(program, module);
  const abort = (): never => {
    throw new RangeError('no more memory for what the workspace says');
  };
  const instance = new WebAssembly.Instance(await module, { env: { abort } });
  return instance.exports as unknown as Kernels;
}

/** The alphabet that tells the kernels of its symbols. */
export function alphabetOf(kernels: Kernels): Alphabet {
  return new Alphabet((symbol, codePoint, kind) => {
    kernels.setKind(symbol, kind);
    kernels.setCharacter(symbol, codePoint);
  });
}
