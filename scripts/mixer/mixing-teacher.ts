import program from '../../dist/context-model.wasm';
import initialMixer from '../../src/context-model/wasm/initial-mixer.txt';
import { alphabetOf, createKernels, type Kernels } from '../../src/context-model/wasm/kernel-exports.ts';
import { createDocumentTable, createWorkspaceTable } from '../../src/context-model/tables.ts';
import { decodeMixer } from '../../src/context-model/wasm/mixer-codec.ts';
import { BYTES_PER_SYMBOL, copyToWasm } from '../../src/context-model/wasm/wasm-text.ts';
import { Vocabulary } from '../../src/corpus/index.ts';
import type { AdaptiveOutput, Stepper } from '../../src/engine/index.ts';
import { openingSymbols } from '../../src/sampling/index.ts';
import { Examples } from './examples.ts';
import type { RescoringShape } from './rescoring-gradient.ts';

/** Where the mixture begins, whose weights come in vectors of four: the context model knows the workspace. */
const COUNTS_WEIGHT = 0.85;
const NETWORK_WEIGHT = 0.25;
const WEIGHTS_OF_CASE = 4;
/** Cases chosen by order come first, in the kernels' network-cases.ts. */
const ORDER_CASES = 96;
/** As the editor has it for a network without a prior. */
const OUTPUT_RATE = 0.02;

/** A network without a prior, whose output layer learns along each file. */
export interface TaughtNetwork {
  readonly stepper: Stepper;
  readonly output?: AdaptiveOutput;
  readonly vocabulary: Vocabulary;
}

/** Address of a table of what is known of a code base. */
export type Knowledge = number;

/** Types files as new ones while the context model predicts them together with a network. */
export class MixingTeacher {
  /** Of the mixture, with which each file begins. */
  readonly mixture: Float32Array;
  /** Of the layer that scores the mixture again. */
  readonly rescoring: Float32Array;
  readonly shape: RescoringShape;
  private readonly kernels: Kernels;
  private readonly alphabet: ReturnType<typeof alphabetOf>;
  private readonly network: TaughtNetwork;
  /** With what is taught without a network. */
  private readonly mixer: number;
  /** Addresses of [V] f32 the network's logarithms, and [V] u16 the symbols that they are of. */
  private readonly logarithms: number;
  private readonly symbols: number;

  private constructor(kernels: Kernels, network: TaughtNetwork) {
    this.kernels = kernels;
    this.network = network;
    this.alphabet = alphabetOf(kernels);
    this.mixer = decodeMixer(kernels, initialMixer);
    const { symbols } = network.vocabulary;
    this.logarithms = kernels.allocate(symbols.length * Float32Array.BYTES_PER_ELEMENT);
    const ids = symbols.map((symbol, id) =>
      id === Vocabulary.unknown || id === Vocabulary.startOfFile
        ? 0
        : this.alphabet.idOf(symbol.codePointAt(0)!),
    );
    this.symbols = copyToWasm(kernels, Uint16Array.from(ids));
    this.mixture = new Float32Array(kernels.networkWeightsCount());
    for (let i = 0; i < ORDER_CASES; i++) {
      this.mixture[WEIGHTS_OF_CASE * i] = COUNTS_WEIGHT;
      this.mixture[WEIGHTS_OF_CASE * i + 1] = NETWORK_WEIGHT;
    }
    this.rescoring = this.rescoringOf(this.mixer).slice();
    this.shape = {
      hidden: kernels.NETWORK_HIDDEN.value,
      positionSets: kernels.NETWORK_POSITION_SETS.value,
    };
    kernels.setNetworkRescoringRates(0, 0);
  }

  static async create(network: TaughtNetwork): Promise<MixingTeacher> {
    return new MixingTeacher(await createKernels(program), network);
  }

  /** Room for examples of the rescoring. */
  examples(): Examples {
    return Examples.ofMixture(this.kernels);
  }

  /** Counts the files of a code base. */
  learn(texts: readonly string[]): Knowledge {
    const { kernels, alphabet } = this;
    const characters = texts.reduce((sum, { length }) => sum + length, 0);
    const table = createWorkspaceTable(kernels, characters);
    for (const text of texts) {
      const symbols = alphabet.encode(text);
      const address = copyToWasm(kernels, symbols);
      kernels.learn(table, address, 0, symbols.length, kernels.FILE_START.value);
      kernels.release(address);
    }
    return table;
  }

  /** @param knowledge is no longer needed */
  forget(knowledge: Knowledge): void {
    this.kernels.disposeTable(knowledge);
  }

  /**
   * Types a file from its start.
   * @param examples receives one for each character, before anything is learnt of it
   * @returns the mixture's weights at the end
   */
  type(knowledge: Knowledge, text: string, examples?: Examples): Float32Array {
    const { kernels, network } = this;
    const { stepper, vocabulary } = network;
    const output = network.output!;
    const mixer = kernels.copyMixer(this.mixer);
    this.mixtureOf(mixer).set(this.mixture);
    const document = createDocumentTable(kernels);
    const symbols = this.alphabet.encode(text);
    const address = copyToWasm(kernels, symbols);
    const state = new Float32Array(stepper.stateSize);
    const logits = new Float32Array(vocabulary.size);
    output.reset();
    stepper.feed(openingSymbols(vocabulary, true), state, logits);
    for (const [i, id] of vocabulary.encode(text).entries()) {
      const at = address + i * BYTES_PER_SYMBOL;
      kernels.predict(mixer, knowledge, document, at, address, kernels.FILE_START.value);
      output.logits(state, logits);
      this.join(logits);
      examples?.add(symbols[i]);
      kernels.learnJoint(symbols[i]);
      kernels.learnWeights(symbols[i]);
      kernels.learn(document, address, i, i + 1, kernels.FILE_START.value);
      output.learn(state, logits, id, OUTPUT_RATE);
      stepper.feed([id], state, logits);
    }
    const learnt = this.mixtureOf(mixer).slice();
    kernels.release(address);
    kernels.disposeTable(document);
    kernels.disposeMixer(mixer);
    return learnt;
  }

  /** Mixes the network's logits [V] with the kernels' last prediction. */
  private join(logits: Float32Array): void {
    const { kernels } = this;
    const largest = logits.reduce((a, b) => Math.max(a, b));
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    const shift = largest + Math.log(total);
    const to = new Float32Array(kernels.memory.buffer, this.logarithms, logits.length);
    logits.forEach((logit, id) => (to[id] = logit - shift));
    kernels.joinNetwork(this.logarithms, this.symbols, logits.length);
  }

  /** Where a mixer has the weights of the mixture. */
  private mixtureOf(mixer: number): Float32Array {
    const { kernels } = this;
    return new Float32Array(
      kernels.memory.buffer,
      kernels.networkWeights(mixer),
      kernels.networkWeightsCount(),
    );
  }

  /** Where it has those of the rescoring. */
  private rescoringOf(mixer: number): Float32Array {
    const { kernels } = this;
    const address = kernels.networkRescoring(mixer);
    return new Float32Array(kernels.memory.buffer, address, kernels.networkRescoringCount());
  }
}
