import { afterEach, describe, expect, it } from 'vitest';
import { LeftOutLines, type ReadLine } from '../../../src/completion/surprise/left-out-lines.ts';
import { createContextModel, type ContextModel } from '../../../src/context-model/index.ts';

let model: ContextModel;

afterEach(() => model.dispose());

async function open(text: string): Promise<LeftOutLines> {
  model = await createContextModel();
  const lines = new LeftOutLines(model, '/w/a.c', text);
  await model.idle;
  return lines;
}

function read(lines: LeftOutLines, from = 0, to = lines.count): ReadLine[] {
  return [...lines.read(from, to)].filter((found) => found !== undefined);
}

const sum = ({ bits }: ReadLine) => bits.actual.reduce((total, value) => total + value, 0);

const LINE = 'int value = compute(index, length);\n';

describe('LeftOutLines', () => {
  it('reads every line, each unit of it with bits', async () => {
    const text = `${LINE}\n// größe 😀\nlast`;
    const found = read(await open(text));
    expect(found.map(({ line }) => line)).toEqual([0, 1, 2, 3]);
    expect(found.map(({ bits }) => bits.actual.length)).toEqual(
      text.split(/(?<=\n)/).map((line) => line.length),
    );
    for (const { bits } of found) {
      for (const [i, actual] of bits.actual.entries()) expect(actual).toBeGreaterThanOrEqual(bits.best[i]);
    }
  });

  it('does not know a line from itself, but from lines before and behind it', async () => {
    const other = 'float ratio = divide(amount, total);\n';
    const filler = 'while (again) { step(); }\n'.repeat(60);
    const alone = read(await open(`${filler}${LINE}${filler}`), 60, 61);
    model.dispose();
    const behind = read(await open(`${filler}${LINE}${filler}${LINE}${LINE}`), 60, 61);
    expect(sum(alone[0])).toBeGreaterThan(2 * sum(behind[0]));
    model.dispose();
    const unlike = read(await open(`${filler}${LINE}${filler}${other}${other}`), 60, 61);
    expect(sum(unlike[0])).toBeGreaterThan(sum(behind[0]));
  });

  it('says what would have been likelier', async () => {
    const lines = await open(`${LINE.repeat(20)}${LINE.replace('compute', 'comupte')}`);
    for (const found of lines.read(20, 21)) {
      if (found) expect(found.likelier()).toEqual({ offset: LINE.indexOf('pute'), text: 'pute' });
    }
    expect.assertions(1);
  });

  it('says all of a long name, and nothing rather than a part of one that hardly ends', async () => {
    const likelierThan = async (name: string) => {
      const lines = await open(`${`call(${name});\n`.repeat(20)}call(${name.replace('de', 'ed')});\n`);
      let text: string | undefined;
      for (const found of lines.read(20, 21)) if (found) text = found.likelier()?.text;
      return text;
    };
    const rest = 'defghijklmnopqrstuvwxyzBCDEFGHIJKLMNOP';
    expect(await likelierThan(`abc${rest}`)).toBe(rest);
    model.dispose();
    expect(await likelierThan(`abc${rest}${rest.toUpperCase()}`)).toBeUndefined();
  });

  it('leaves the text as it was, also when reading ends early', async () => {
    const text = LINE.repeat(8);
    const lines = await open(text);
    const whole = read(lines).map(sum);
    const reading = lines.read(0, 8);
    reading.next();
    reading.return();
    expect(read(lines).map(sum)).toEqual(whole);
  });

  it('reads a text that was replaced as if it had been that from the beginning', async () => {
    const wanted = `${LINE.repeat(3)}other(line);\n${LINE.repeat(3)}`;
    const lines = await open(LINE.repeat(6));
    lines.replace(wanted);
    await model.idle;
    const replaced = read(lines).map(sum);
    lines.dispose();
    const fresh = new LeftOutLines(model, '/w/b.c', wanted);
    await model.idle;
    expect(replaced).toEqual(read(fresh).map(sum));
  });
});
