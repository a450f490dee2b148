import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildEmbedded } from '../esbuild.config.mjs';
import { alphabetOf, createKernels } from '../src/context-model/wasm/kernel-exports.ts';
import { encodeMixer } from '../src/context-model/wasm/mixer-codec.ts';
import { BYTES_PER_SYMBOL } from '../src/context-model/wasm/wasm-text.ts';
import { asNew, filesToRead, learnCodeBase } from './mixer/code-bases.ts';
import { Examples } from './mixer/examples.ts';
import { teachRescoring } from './mixer/teach-rescoring.ts';
import { ROOT } from './repository.ts';

// Trains the context model's mixer on code of several languages and writes src/context-model/wasm/initial-mixer.txt, so
// that suggestions are good from the first second: node scripts/train-mixer.ts FOLDER:ENDING[,ENDING]... Each argument
// is one code base, in which each file is read as if it were new there. docs/architecture.md says which were taken; code
// that the product is judged by must not be among them.

/** Characters of a code base that the mixer's first stage reads, and that the hidden layer is taught on. */
const MIXED_CHARACTERS = 60_000;
const RESCORED_CHARACTERS = 75_000;
/** Of the first stage; the weights' and scores' rates fall to 0. */
const MAP_RATE = 1 / 1_000;
const WEIGHT_RATE = 0.0004;
const SCORE_RATE = 0.001;
/** Of the first stage in use, as mixing/mixer.ts has them. */
const RATES_IN_USE = { map: 1 / 400, weight: 0.0004, score: 0.001 };

await buildEmbedded();
const program = Uint8Array.from(readFileSync(join(ROOT, 'dist', 'context-model.wasm')));
const kernels = await createKernels(program);
const alphabet = alphabetOf(kernels);
const MIXER = kernels.createMixer();
const codeBases = process.argv.slice(2).map((argument) => learnCodeBase(kernels, alphabet, argument));
kernels.setRescoringRates(0, 0);
teachFirstStage();
const examples = collectExamples();
console.log(`${examples.count} examples`);
const weights = rescoringWeights().slice();
const shape = { hidden: kernels.HIDDEN.value, positionSets: kernels.POSITION_SETS.value };
teachRescoring(examples, weights, shape, (loss) => {
  console.log(
    `${(loss / Math.LN2).toFixed(4)} bits per character, but for symbols that are not scored again`,
  );
});
rescoringWeights().set(weights);
writeFileSync(
  join(ROOT, 'src', 'context-model', 'wasm', 'initial-mixer.txt'),
  `${encodeMixer(kernels, MIXER)}\n`,
);

/** Reads files of all code bases in turn, at falling rates. */
function teachFirstStage(): void {
  const reads = codeBases
    .flatMap((codeBase) => filesToRead(codeBase, codeBase.files.toReversed(), MIXED_CHARACTERS))
    .sort((a, b) => a.share - b.share);
  for (const [i, read] of reads.entries()) {
    const left = 1 - i / reads.length;
    kernels.setRates(MAP_RATE, WEIGHT_RATE * left, SCORE_RATE * left);
    asNew(kernels, read, (document, text) => {
      kernels.readAlong(MIXER, read.table, document, text, 0, read.symbols.length, 0, 0);
    });
  }
}

/** Predictions of the first stage as it is in use: it adapts to each file anew. */
function collectExamples(): Examples {
  const collected = Examples.ofContextModel(kernels);
  kernels.setRates(RATES_IN_USE.map, RATES_IN_USE.weight, RATES_IN_USE.score);
  for (const codeBase of codeBases) {
    for (const read of filesToRead(codeBase, codeBase.files, RESCORED_CHARACTERS)) {
      const own = kernels.copyMixer(MIXER);
      asNew(kernels, read, (document, text) => {
        for (const [i, symbol] of read.symbols.entries()) {
          const address = text + i * BYTES_PER_SYMBOL;
          kernels.predict(own, read.table, document, address, text, kernels.FILE_START.value);
          collected.add(symbol);
          kernels.learnWeights(symbol);
          kernels.learn(document, text, i, i + 1, kernels.FILE_START.value);
        }
      });
      kernels.disposeMixer(own);
    }
  }
  return collected;
}

/** The hidden layer's weights of the mixer, where the kernels have them. */
function rescoringWeights(): Float32Array {
  return new Float32Array(kernels.memory.buffer, kernels.rescoringWeights(MIXER), kernels.rescoringCount());
}
