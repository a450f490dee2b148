import { parseArgs } from 'node:util';
import { LeftOutLines, syntaxOfPath } from '../../src/completion/parts.ts';
import { RatedText } from '../../src/surprise/index.ts';
import { withRepeatedOptions } from '../arguments.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { readFiles, splitByDraw, type CodeBase } from '../typing/code-base.ts';
import { JudgeTrainer, type JudgedLine } from './judge-trainer.ts';
import { wrongFiles } from './material.ts';
import { sourcesOf } from './surprise.ts';

const SEED = 2;
const DEFAULT_HELD_OUT_CHARACTERS = 150_000;

/** Learns the weights by which tokens are judged, from mistakes in files of code bases, and prints `judge.json`. */
export const learning: Benchmark = {
  usage: '--code-base DIR... [--extension .c]... [--held-out-characters 150000]',
  run: async (args) => {
    const { values } = parseArgs({
      args: withRepeatedOptions(args, ['--code-base', '--extension']),
      options: {
        'code-base': { type: 'string', multiple: true },
        extension: { type: 'string', multiple: true },
        'held-out-characters': { type: 'string' },
      },
    });
    const folders = values['code-base'] ?? [];
    if (folders.length === 0) throw new UsageError('--code-base says what to learn from, and is missing');
    const held = Number(values['held-out-characters'] ?? DEFAULT_HELD_OUT_CHARACTERS);
    const lines: JudgedLine[] = [];
    for (const folder of folders) {
      const files = await readFiles([folder], values.extension ?? []);
      for await (const line of judgedLines(splitByDraw(files, 1, held))) lines.push(line);
      console.error(`${folder}: ${lines.length} lines in all`);
    }
    const trainer = new JudgeTrainer(lines, SEED);
    const weights = trainer.train((epoch, loss) =>
      console.error(`epoch ${epoch + 1}: ${loss.toFixed(4)} nats`),
    );
    console.log(JSON.stringify(weights));
  },
};

async function* judgedLines(codeBase: CodeBase): AsyncGenerator<JudgedLine, void, void> {
  const { contextModel, words } = await sourcesOf(codeBase);
  for (const { name, text, lines: wrong } of wrongFiles(codeBase.heldOut, SEED)) {
    const lines = new LeftOutLines(contextModel, name, text);
    await contextModel.idle;
    const rated = RatedText.read(text, syntaxOfPath(name), words);
    for (const read of lines.read(0, lines.count)) {
      const evidence = read ? rated.evidenceOf(read.line, read.bits) : [];
      if (evidence.length === 0) continue;
      yield { tokens: evidence.map(({ features }) => features), isWrong: wrong.has(read!.line) };
    }
    lines.dispose();
  }
  contextModel.dispose();
}
