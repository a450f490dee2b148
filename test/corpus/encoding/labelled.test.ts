import { describe, expect, it } from 'vitest';
import { Yielder } from '../../../src/common/yielder.ts';
import { decode } from '../../../src/corpus/encoding/decode.ts';
import { type LabelledFile, labelledFiles } from './labelled/files.ts';
import { shortFiles } from './labelled/short-files.ts';
import { REPORTED_TEXTS } from './labelled/texts-reported.ts';
import { TUNED_TEXTS } from './labelled/texts-tuned.ts';

const yielder = new Yielder(undefined);

interface Shares {
  readonly files: number;
  readonly right: number;
  readonly wrong: number;
  readonly leftOut: number;
}

async function sharesOf(files: readonly LabelledFile[]): Promise<Shares> {
  const counts = { right: 0, wrong: 0, leftOut: 0 };
  for (const { bytes, text } of files) {
    const decoded = await decode(bytes, yielder);
    if ('reason' in decoded) counts.leftOut++;
    else if (decoded.text === text) counts.right++;
    else counts.wrong++;
  }
  const share = (count: number): number => count / files.length;
  return {
    files: files.length,
    right: share(counts.right),
    wrong: share(counts.wrong),
    leftOut: share(counts.leftOut),
  };
}

function show(name: string, { files, right, wrong, leftOut }: Shares): void {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  console.info(
    `${name}: ${files} files, ${percent(right)} right, ${percent(wrong)} wrong, ${percent(leftOut)} left out`,
  );
}

const isLocal = ({ name }: LabelledFile): boolean => !/ utf-(?:8|16|32)/.test(name);

describe('the encodings of a labelled set', () => {
  it('are at least 25, each in five shapes', () => {
    const names = labelledFiles({ ...TUNED_TEXTS, ...REPORTED_TEXTS }).map(({ name }) => name.split(' '));
    expect(new Set(names.map(([, encoding]) => encoding)).size).toBeGreaterThanOrEqual(25);
    expect(new Set(names.map(([, , ...shape]) => shape.join(' '))).size).toBe(5);
  });

  for (const [name, texts] of [
    ['texts that the detection was tuned with', TUNED_TEXTS],
    ['texts written afterwards', REPORTED_TEXTS],
  ] as const) {
    it(`are found in ${name}`, async () => {
      const files = labelledFiles(texts);
      const all = await sharesOf(files);
      const local = await sharesOf(files.filter(isLocal));
      show(name, all);
      show(`${name}, local encodings alone`, local);
      expect(all.right).toBeGreaterThan(0.98);
      expect(all.wrong).toBeLessThan(0.01);
      expect(local.right).toBeGreaterThan(0.96);
      expect(local.wrong).toBeLessThan(0.02);
    });
  }

  it('are found, or left out, where little shows them', async () => {
    const shares = await sharesOf(shortFiles());
    show('short texts in local encodings', shares);
    expect(shares.right).toBeGreaterThan(0.92);
    expect(shares.wrong).toBeLessThan(0.02);
  });
});
