import type { Network } from '../../src/completion/parts.ts';
import { teachRescoring } from '../mixer/teach-rescoring.ts';
import type { Folder, LearntFile } from './gather.ts';
import { gather } from './gather.ts';
import { MixingTeacher } from '../mixer/mixing-teacher.ts';

const MIN_TYPED_FILE = 1_500;
const MAX_TYPED_FILE = 12_000;
/** Characters that the context model knows of each code base: all of it, and what a small workspace has. */
const KNOWN_CHARACTERS = [4_000_000, 50_000];
/** Of the typed characters, those that the mixture is taught on. */
const MIXTURE_SHARE = 0.25;
/** Times that the mixture is taught on all of them. What is learnt before the last time is not averaged. */
const MIXTURE_ROUNDS = 2;

/**
 * The weights with which the mixing of a network with a context model should begin. Files of these code bases are typed
 * that the context model does not know: the mixture's are the mean of those that are learnt on the way, and those of the
 * layer that scores it again are taught on the predictions in shuffled order.
 * @param characters that are typed of each code base
 */
export async function learnMixing(
  network: Network,
  codeBases: readonly Folder[],
  characters: number,
): Promise<Float32Array> {
  const teacher = await MixingTeacher.create(network);
  const tasks: Task[] = [];
  for (const folder of codeBases) {
    const files = (await gather([folder])).filter(
      ({ language }) => language !== 'prose' && language !== 'data',
    );
    for (const known of KNOWN_CHARACTERS) tasks.push(taskOf(files, known, characters));
  }
  teachMixture(teacher, tasks, characters * MIXTURE_SHARE);
  const examples = teacher.examples();
  for (const task of tasks) {
    const knowledge = teacher.learn(task.known);
    for (const text of task.typed) teacher.type(knowledge, text, examples);
    teacher.forget(knowledge);
  }
  console.log(`The mixing is taught on ${examples.count} predictions.`);
  teachRescoring(examples, teacher.rescoring, teacher.shape, (loss) =>
    console.log(`${(loss / Math.LN2).toFixed(4)} bits a character`),
  );
  return Float32Array.from([...teacher.mixture, ...teacher.rescoring]);
}

/** Has the teacher's mixture be the mean of what is learnt while files are typed, one task after the other. */
function teachMixture(teacher: MixingTeacher, tasks: readonly Task[], characters: number): void {
  const sums = new Float64Array(teacher.mixture.length);
  for (let round = 0; round < MIXTURE_ROUNDS; round++) {
    for (const { known, typed } of tasks) {
      const knowledge = teacher.learn(known);
      for (const text of firstOf(typed, characters)) teacher.mixture.set(teacher.type(knowledge, text));
      teacher.forget(knowledge);
      if (round === MIXTURE_ROUNDS - 1) teacher.mixture.forEach((weight, i) => (sums[i] += weight));
    }
  }
  teacher.mixture.set(sums.map((sum) => sum / tasks.length));
}

/** Texts of what is known, and of what is typed. */
interface Task {
  readonly known: readonly string[];
  readonly typed: readonly string[];
}

/**
 * @param maxKnown characters of what is known
 * @param characters of what is typed, and the rest of the last file
 */
function taskOf(files: readonly LearntFile[], maxKnown: number, characters: number): Task {
  const typed: string[] = [];
  const known: string[] = [];
  let toType = characters;
  let toKnow = maxKnown;
  for (const { text } of files) {
    if (toType > 0 && text.length >= MIN_TYPED_FILE && text.length <= MAX_TYPED_FILE) {
      typed.push(text);
      toType -= text.length;
    } else if (text.length <= toKnow) {
      known.push(text);
      toKnow -= text.length;
    }
  }
  return { known, typed };
}

/** The first texts with `characters` in all, and the rest of the last one. */
function firstOf(texts: readonly string[], characters: number): readonly string[] {
  let left = characters;
  return texts.filter(({ length }) => (left -= length) > -length);
}
