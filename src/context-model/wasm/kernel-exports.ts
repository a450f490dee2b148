import { PRIOR_SYMBOLS } from '../context-model.ts';
import { Alphabet, KINDS, MAX_SYMBOLS } from './alphabet.ts';
import { CONTEXT } from './context-numbers.ts';
import type { Kernels } from './kernels-interface.ts';
import { RECENT_SYMBOLS, WINDOW } from './wasm-text.ts';

export type { Kernels };

/** What both sides have written down, by the names that the kernels export it by. */
const CONSTANTS = {
  ...KINDS,
  ...CONTEXT,
  MAX_SYMBOLS,
  PRIOR_SYMBOLS,
  RECENT_SYMBOLS,
  WINDOW,
} satisfies Partial<Record<keyof Kernels, number>>;

const compiled = new WeakMap<Uint8Array, Promise<WebAssembly.Module>>();

/**
 * The kernels of a program on a memory of their own, which grows as needed, up to 4 GiB.
 * @throws Error when the program has other constants than this code: it was built from other sources
 */
export async function createKernels(program: Uint8Array<ArrayBuffer>): Promise<Kernels> {
  const module = compiled.get(program) ?? WebAssembly.compile(program);
  compiled.set(program, module);
  const abort = (): never => {
    throw new RangeError('There is no memory left for the context model.');
  };
  const instance = new WebAssembly.Instance(await module, { env: { abort } });
  const kernels = instance.exports as unknown as Kernels;
  checkConstants(kernels);
  return kernels;
}

/** @throws Error when a constant of the kernels is not this code's */
export function checkConstants(kernels: Pick<Kernels, keyof typeof CONSTANTS>): void {
  for (const [name, value] of Object.entries(CONSTANTS)) {
    const found = kernels[name as keyof typeof CONSTANTS].value;
    if (found !== value) {
      throw new Error(`The context model's kernels have ${name} = ${found}, not ${value}; build them again.`);
    }
  }
}

/** An alphabet that describes each new symbol to the kernels. */
export function alphabetOf(kernels: Kernels): Alphabet {
  return new Alphabet((symbol, codePoint, kind) => kernels.describeSymbol(symbol, codePoint, kind));
}
