import { NetworkSession } from '../../src/completion/parts.ts';
import type { Network } from '../../src/completion/parts.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import type { Folder, LearntFile } from './gather.ts';
import { gather } from './gather.ts';

const MIN_TYPED_FILE = 1_500;
const MAX_TYPED_FILE = 12_000;
/** Characters that the context model knows of each code base: all of it, and what a small workspace has. */
const KNOWN_CHARACTERS = [4_000_000, 50_000];
/** Times that everything is typed. What was learnt in the first is not averaged. */
const ROUNDS = 2;
/** Where the learning begins: the context model knows the workspace, which counts for more. */
const COUNTS_WEIGHT = 0.85;
const NETWORK_WEIGHT = 0.25;
/** Weights that one case has; those of the cases chosen by order come first, in the kernels' network-mixer.ts. */
const WEIGHTS_OF_CASE = 4;
const ORDER_CASES = 96;

/**
 * The weights with which the mixing of a network with a context model should begin: the mean of those that are learnt
 * while files of these code bases are typed that the context model does not know.
 * @param characters that are typed of each code base
 */
export async function learnMixing(
  network: Network,
  codeBases: readonly Folder[],
  characters: number,
): Promise<Float32Array> {
  const tasks: Task[] = [];
  for (const folder of codeBases) {
    const files = (await gather([folder])).filter(
      ({ language }) => language !== 'prose' && language !== 'data',
    );
    for (const known of KNOWN_CHARACTERS) tasks.push(taskOf(files, known, characters));
  }
  let weights: Float32Array | undefined;
  const sums: Float64Array[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const task of tasks) {
      weights = await typed(task, network, weights);
      if (round > 0) sums.push(Float64Array.from(weights));
    }
  }
  return Float32Array.from(sums[0], (_, i) => sums.reduce((sum, each) => sum + each[i], 0) / sums.length);
}

interface Task {
  readonly known: readonly LearntFile[];
  readonly typed: readonly LearntFile[];
}

/**
 * @param maxKnown characters of what is known
 * @param characters of what is typed, and the rest of the last file
 */
function taskOf(files: readonly LearntFile[], maxKnown: number, characters: number): Task {
  const typed: LearntFile[] = [];
  const known: LearntFile[] = [];
  let toType = characters;
  let toKnow = maxKnown;
  for (const file of files) {
    const { length } = file.text;
    if (toType > 0 && length >= MIN_TYPED_FILE && length <= MAX_TYPED_FILE) {
      typed.push(file);
      toType -= length;
    } else if (length <= toKnow) {
      known.push(file);
      toKnow -= length;
    }
  }
  return { known, typed };
}

/** Types the files of a task one after the other. @returns the weights at the end */
async function typed(task: Task, network: Network, weights: Float32Array | undefined): Promise<Float32Array> {
  const contextModel = await buildContextModel(task.known.map(({ path, text }) => ({ name: path, text })));
  let learnt = weights;
  for (const { path, text } of task.typed) {
    const model = contextModel.openDocument(path, '');
    learnt ??= initialWeights(model.mixingWeights().length);
    const session = new NetworkSession({ ...network, mixingWeights: learnt });
    session.joinTo(model);
    let at = 0;
    for (const character of text) {
      const reading = session.read(
        { document: path, prefix: '', atFileStart: true },
        text.slice(0, at),
        () => false,
      );
      session.positionAfter(path, reading!).learn(model.reader(at), character.codePointAt(0)!);
      model.edit(at, 0, character);
      at += character.length;
    }
    learnt = model.mixingWeights();
    model.dispose();
  }
  contextModel.dispose();
  return learnt!;
}

function initialWeights(count: number): Float32Array {
  const weights = new Float32Array(count);
  for (let i = 0; i < ORDER_CASES; i++) {
    weights[WEIGHTS_OF_CASE * i] = COUNTS_WEIGHT;
    weights[WEIGHTS_OF_CASE * i + 1] = NETWORK_WEIGHT;
  }
  return weights;
}
