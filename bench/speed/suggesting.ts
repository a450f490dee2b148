import { parseArgs } from 'node:util';
import { ContextModelPredictor, loadBaseNetwork, Suggester } from '../../src/completion/parts.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import { wholeNumber, withRepeatedOptions } from '../arguments.ts';
import { UsageError } from '../benchmark.ts';
import type { Benchmark } from '../benchmark.ts';
import { formatFigure, report, table } from '../report.ts';
import { readFiles } from '../typing/code-base.ts';
import { Fixture } from '../typing/fixture.ts';
import { BASE_NETWORK } from '../typing/methods.ts';
import { requestDefaultsOf } from '../typing/typing.ts';
import { median, quantile } from './statistics.ts';

/** Files that are typed in, and how long they are at least, in UTF-16 units. */
const MAX_DOCUMENTS = 12;
const MIN_LENGTH = 8_000;

/** Microseconds of what is done at each keystroke. */
interface Timings {
  /** Of suggestions that are as long as asked for. */
  readonly suggesting: number[];
  /** Of taking in a typed character, from which context model and network learn. */
  readonly learning: number[];
}

/**
 * How long a suggestion of some characters takes by context model and base network, in the thread that computes it, at
 * each keystroke in the middle of files that are known.
 */
export const suggesting: Benchmark = {
  usage: 'PATH... [--extension .ts]... [--characters 20] [--keystrokes 600] [--json]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: withRepeatedOptions(args, ['--extension']),
      options: {
        extension: { type: 'string', multiple: true },
        characters: { type: 'string' },
        keystrokes: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const characters = wholeNumber('characters', values.characters, 20);
    const keystrokes = wholeNumber('keystrokes', values.keystrokes, 600);
    const files = await readFiles(positionals, values.extension);
    const documents = files.filter(({ text }) => text.length >= MIN_LENGTH).slice(0, MAX_DOCUMENTS);
    if (documents.length === 0) throw new UsageError(`no file has ${MIN_LENGTH} characters to type in`);
    const known = files.map((file) => ({ name: file.path, text: file.text }));
    const predictor = new ContextModelPredictor(await buildContextModel(known));
    predictor.join(await loadBaseNetwork(BASE_NETWORK));
    const defaults = { ...requestDefaultsOf({ training: files }), maxLength: characters };
    const timings: Timings = { suggesting: [], learning: [] };
    for (const file of documents) {
      typeIn(predictor, new Fixture(file, defaults), Math.ceil(keystrokes / documents.length), timings);
    }
    if (timings.suggesting.length === 0) throw new Error(`no suggestion had ${characters} characters`);
    const results = (['suggesting', 'learning'] as const).map((work) => {
      const values = timings[work];
      return { work, count: values.length, p50: median(values), p95: quantile(values, 0.95) };
    });
    const rows = results.map(({ work, count, p50, p95 }) => [
      work === 'learning' ? 'a typed character' : `a suggestion of ${characters} characters`,
      ...[count, p50, p95].map(formatFigure),
    ]);
    report(values.json, { characters, results }, table(['microseconds', 'measured', 'p50', 'p95'], rows));
  },
};

/** Types characters of a file again where they stand, in its middle, and asks for a suggestion before each. */
function typeIn(
  predictor: ContextModelPredictor,
  fixture: Fixture,
  keystrokes: number,
  { suggesting: asked, learning }: Timings,
): void {
  const suggester = new Suggester(predictor);
  const { name, text } = fixture;
  const start = Math.floor(text.length / 2);
  predictor.open(name, text.slice(0, start) + text.slice(start + keystrokes));
  for (let at = start; at < start + keystrokes; at++) {
    const request = fixture.request(at);
    const before = performance.now();
    const proposal = suggester.propose(request, 0);
    const between = performance.now();
    predictor.change(name, [{ offset: at, removed: 0, inserted: text[at] }]);
    learning.push(1000 * (performance.now() - between));
    if (proposal?.path.codePoints.length === request.maxLength) asked.push(1000 * (between - before));
  }
  predictor.forget(name);
}
