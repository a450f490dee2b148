import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import program from '../../dist/context-model.wasm';
import { createDocumentTable } from '../../src/context-model/tables.ts';
import { alphabetOf, createKernels } from '../../src/context-model/wasm/kernel-exports.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { CURSOR, FILE_START, type Edge } from './twin/contexts.ts';
import { TwinTable } from './twin/counts.ts';
import { TwinMixer } from './twin/mixer.ts';
import { TwinAlphabet } from './twin/text.ts';
import { INPUT_RATE, VECTOR_RATE } from './twin/rescoring.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/twin/${name}.txt`, import.meta.url), 'utf8');

/** Kernels and twin side by side: the same workspace, document and mixer that have learnt nothing yet. */
async function pair(skipped: readonly number[]) {
  const kernels = await createKernels(program);
  const alphabet = alphabetOf(kernels);
  const twinAlphabet = new TwinAlphabet();
  const bits = skipped.reduce((sum, context) => sum | (1 << context), 0);
  const workspace = { kernel: kernels.createTable(12, bits), twin: new TwinTable(skipped) };
  const document = { kernel: createDocumentTable(kernels), twin: new TwinTable() };
  const mixer = {
    kernel: kernels.createMixer(),
    twin: new TwinMixer((symbol) => twinAlphabet.asciiOf(symbol)),
  };
  kernels.setRescoringRates(INPUT_RATE, VECTOR_RATE);
  const textOf = (text: string, edge: Edge = FILE_START) => {
    const symbols = alphabet.encode(text);
    const twin = twinAlphabet.textOf(text, edge);
    expect([...symbols]).toEqual(twin.symbols);
    const before = edge === FILE_START ? kernels.FILE_START.value : kernels.CURSOR.value;
    return { address: copyToWasm(kernels, symbols), length: symbols.length, twin, before };
  };
  type Text = ReturnType<typeof textOf>;
  type Table = typeof document;
  const count = (how: 'learn' | 'unlearn', table: Table, text: Text, from = 0, to = text.length) => {
    kernels[how](table.kernel, text.address, from, to, text.before);
    table.twin[how](text.twin, from, to);
  };
  /** Probabilities of candidates and rest by both; and by the kernels, bits of what stands there. */
  const predict = (text: Text, p: number) => {
    const address = text.address + p * BYTES_PER_SYMBOL;
    const rows =
      kernels.predict(
        mixer.kernel,
        workspace.kernel,
        document.kernel,
        address,
        text.address,
        kernels.FILE_START.value,
      ) + 1;
    const found = [...new Float32Array(kernels.memory.buffer, kernels.rowProbabilities(), rows)];
    const { candidates, probabilities } = mixer.twin.predict(text.twin, p, workspace.twin, document.twin);
    const symbol = text.twin.symbols[p];
    expect([...candidates, symbol].map((each) => kernels.candidateRow(each))).toEqual([
      ...candidates.keys(),
      candidates.includes(symbol) ? candidates.indexOf(symbol) : candidates.length,
    ]);
    const row = kernels.candidateRow(symbol);
    const share = row < candidates.length ? found[row] : found[row] / twinAlphabet.size;
    return { kernel: found, twin: probabilities, bits: -Math.log2(share) };
  };
  const learnWeights = (symbol: number) => {
    kernels.learnWeights(symbol);
    mixer.twin.learn(symbol);
  };
  return { textOf, count, predict, learnWeights, workspace, document };
}

/**
 * How far probabilities differ, in units of what is allowed: a thousandth, which is 1e-3 in the logarithm, and 4e-6,
 * because the kernels' floats round 1 - p where p is almost 1.
 */
function differenceOf(kernel: readonly number[], twin: readonly number[]): number {
  if (kernel.length !== twin.length) return Infinity;
  return Math.max(...kernel.map((p, row) => Math.abs(p - twin[row]) / (1e-3 * twin[row] + 4e-6)));
}

describe('the kernels and their twin in plain TypeScript', () => {
  it('predict the same along a text, as both learn', async () => {
    const { textOf, count, predict, learnWeights, workspace, document } = await pair([8, 12]);
    const gone = textOf(fixture('gone'));
    const known = textOf(fixture('known'));
    const written = textOf(fixture('written'));
    count('learn', workspace, gone);
    count('learn', workspace, known);
    count('unlearn', workspace, gone);
    let bits = 0;
    let difference = 0;
    for (let p = 0; p < written.length; p++) {
      const { kernel, twin, bits: ofSymbol } = predict(written, p);
      difference = Math.max(difference, differenceOf(kernel, twin));
      bits += ofSymbol;
      learnWeights(written.twin.symbols[p]);
      count('learn', document, written, p, p + 1);
    }
    expect(difference).toBeLessThan(1);
    expect(bits / written.length).toBeCloseTo(1.56, 2);
  });

  it('count the text behind the cursor as one that begins there', async () => {
    const { textOf, count, predict, document } = await pair([]);
    const behind = textOf(fixture('written'), CURSOR);
    const written = textOf('import type { ModelContext } from;\n\n/** Where the network');
    count('learn', document, behind);
    count('learn', document, written);
    for (let p = 0; p < written.length; p++) {
      const { kernel, twin } = predict(written, p);
      expect(differenceOf(kernel, twin)).toBeLessThan(1);
    }
  });
});
