import { describe, expect, it } from 'vitest';
import { Yielder } from '../../src/common/yielder.ts';
import { redact } from '../../src/secrets/redact.ts';
import { readCases } from './labelled-corpus.ts';

/** Draws of the random parts of each case. */
const DRAWS = [0, 1, 2, 3];
const MIN_RECALL = 0.98;
const MAX_FALSE_REMOVALS = 0.01;

const percent = (part: number): string => `${(100 * part).toFixed(2)} %`;

describe('the labelled corpus', () => {
  it('has hundreds of cases on both sides', () => {
    expect(readCases('credentials.txt').length).toBeGreaterThanOrEqual(300);
    expect(readCases('harmless.txt').length).toBeGreaterThanOrEqual(300);
  });

  it('has its credentials removed', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const draw of DRAWS) {
      for (const { path, text, secrets } of readCases('credentials.txt', draw)) {
        const redacted = await redact(`${text}\n`, path, new Yielder(undefined));
        if (secrets.some((secret) => redacted.text.includes(secret)))
          missed.push(`${path}: ${text.slice(0, 100)}`);
        count++;
      }
    }
    const recall = 1 - missed.length / count;
    console.log(`recall ${percent(recall)} of ${count} credentials`);
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(MIN_RECALL);
  });

  it('keeps what only looks like credentials', async () => {
    const lost: string[] = [];
    let count = 0;
    for (const draw of DRAWS) {
      for (const { path, text } of readCases('harmless.txt', draw)) {
        const { removed } = await redact(`${text}\n`, path, new Yielder(undefined));
        lost.push(...removed.flatMap(({ first, last }) => text.split('\n').slice(first - 1, last)));
        count += text.split('\n').length;
      }
    }
    console.log(`false removals ${percent(lost.length / count)} of ${count} lines`);
    expect(lost.length / count, lost.join('\n')).toBeLessThanOrEqual(MAX_FALSE_REMOVALS);
  });

  it('removes nothing around a credential', async () => {
    for (const { path, text } of readCases('credentials.txt')) {
      if (/\.(?:txt|dat)$/.test(path)) continue;
      const { text: left } = await redact(
        `first line\n\n${text}\n\nlast line\n`,
        path,
        new Yielder(undefined),
      );
      expect(left, text).toMatch(/^first line\n[^]*\nlast line\n$/);
    }
  });
});
