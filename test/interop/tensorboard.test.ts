import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TensorBoardLog } from '../../src/training/index.ts';
import type { TrainingEvent } from '../../src/training/index.ts';
import { findPython } from './python.ts';

const python = findPython(['tensorboard'], "The test with TensorBoard's own reader");
const script = fileURLToPath(new URL('read-events.py', import.meta.url));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'char-rnn-events-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const step = (number: number, loss: number, gradientNorm?: number): TrainingEvent => ({
  event: 'step',
  step: number,
  epoch: 0,
  loss,
  ...(gradientNorm === undefined ? {} : { gradientNorm }),
  learningRate: 0.002,
  charactersPerSecond: 5000,
  fraction: 0,
  secondsLeft: 0,
});
const started = (resumedFromStep: number): TrainingEvent => ({
  event: 'started',
  engine: 'wasm',
  engineReason: 'a test',
  parameters: 1,
  batchSize: 1,
  stepsPerEpoch: 1,
  resumedFromStep,
});
const text = 'Zeile <b>eins</b>\n\t한글 🂡\n';

async function write(events: readonly TrainingEvent[], now: number): Promise<void> {
  const log = await TensorBoardLog.open(folder, () => now);
  for (const event of events) log.onEvent(event);
  await log.close();
}

interface Found {
  readonly scalars: Record<string, [number, number][]>;
  readonly texts: Record<string, [number, string][]>;
}

function readBack(): Found {
  const output = execFileSync(python!, [script, folder], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as Found;
}

describe.skipIf(python === undefined)("TensorBoard's own reader", () => {
  it('finds every curve and every text', async () => {
    await write(
      [
        started(0),
        { event: 'sample', step: 0, epoch: 0, loss: 4.5, text },
        step(0, 4.5, 2.25),
        step(1, 3.25, 1.5),
        { event: 'validation', step: 2, bitsPerCharacter: 2.5 },
        step(2, 3),
      ],
      1_700_000_000,
    );
    const { scalars, texts } = readBack();
    expect(Object.keys(scalars).sort()).toEqual([
      'characters_per_second',
      'gradient_norm',
      'learning_rate',
      'loss/training',
      'loss/validation',
      'validation_bits_per_character',
    ]);
    expect(scalars['loss/training']).toEqual([
      [0, 4.5],
      [1, 3.25],
      [2, 3],
    ]);
    expect(scalars['gradient_norm']).toEqual([
      [0, 2.25],
      [1, 1.5],
    ]);
    expect(scalars['learning_rate'][0][1]).toBeCloseTo(0.002, 9);
    expect(scalars['loss/validation'][0][1]).toBeCloseTo(2.5 * Math.LN2, 6);
    expect(texts['sample']).toEqual([[0, `    Zeile <b>eins</b>\n    \t한글 🂡\n    `]]);
  });

  it('forgets what a crash undid when training goes on', async () => {
    await write([started(0), ...Array.from({ length: 10 }, (_, i) => step(i, 4))], 1_700_000_000);
    await write([started(5), ...Array.from({ length: 10 }, (_, i) => step(5 + i, 2))], 1_700_000_100);
    const losses = readBack().scalars['loss/training'];
    expect(losses.map(([at]) => at)).toEqual(Array.from({ length: 15 }, (_, i) => i));
    expect(losses.map(([, loss]) => loss)).toEqual([
      ...Array<number>(5).fill(4),
      ...Array<number>(10).fill(2),
    ]);
  });
});

describe('the log for TensorBoard', () => {
  it('writes one file for a run, and fewer of many steps', async () => {
    const count = (await TensorBoardLog.open(folder)) satisfies TensorBoardLog;
    let written = 0;
    const original = count['write'].bind(count);
    count['write'] = (record) => {
      written++;
      original(record);
    };
    for (let i = 0; i < 30_000; i++) count.onEvent(step(i, 1));
    await count.close();
    expect(written).toBe(1000 + 900 + 200);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^events\.out\.tfevents\.\d+\./)]);
  });

  it('says in one sentence where it cannot write', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(TensorBoardLog.open(join(file, 'run'))).rejects.toThrow(
      /^The events for TensorBoard cannot be written to .*, because a part of its path is a file.*; name another folder\.$/,
    );
  });
});
