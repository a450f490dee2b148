import { NO_COUNTS, type CurvePoint, type PanelContent, type Sample } from '../../../src/panel/index.ts';

const STEPS = 600;

/** A point of a training whose loss falls as losses do. */
export function pointAt(step: number): CurvePoint {
  const loss = 0.9 + 2.4 * Math.exp(-step / 120) + 0.08 * Math.sin(step * 1.7);
  return {
    step,
    seconds: step * 0.5,
    loss,
    learningRate: 0.004 * 0.97 ** Math.floor(step / 100),
    gradientNorm: 0.4 + 2 * Math.exp(-step / 60) + 0.1 * Math.cos(step),
    charactersPerSecond: 95_000 + 4_000 * Math.sin(step / 9),
    ...(step % 60 === 0 && { heldOutBits: 1.6 + 3.2 * Math.exp(-step / 120) }),
  };
}

const samples: readonly Sample[] = [
  { step: 0, loss: 3.3, text: 'e t  sn(r.\n  o;tai e}ns  c r' },
  { step: 200, loss: 1.6, text: 'function geti(value: stinn) {\n  return this.sors(vale);\n}\n' },
  {
    step: 400,
    loss: 1.1,
    text: 'export function readSetting(key: string): number {\n  const value = settings.get(key);\n  return value ?? 0;\n}\n',
  },
];

export const EMPTY: PanelContent = {
  activity: { kind: 'idle', hasModel: false },
  points: [],
  samples: [],
  corpus: null,
  network: null,
  counts: NO_COUNTS,
};

/** A panel in the midst of a training, with everything that it can show. */
export const FULL: PanelContent = {
  activity: { kind: 'training', fraction: 0.43, secondsLeft: 342, epoch: 4 },
  points: Array.from({ length: STEPS }, (_, step) => pointAt(step)),
  samples,
  corpus: {
    files: 412,
    heldOutFiles: 41,
    characters: 2_841_377,
    vocabularySize: 143,
    groups: {
      language: [
        { name: 'typescript', files: 310, characters: 2_200_000 },
        { name: 'markdown', files: 62, characters: 480_000 },
        { name: 'other', files: 40, characters: 161_377 },
      ],
      folder: [
        { name: 'src/completion', files: 120, characters: 900_000 },
        { name: 'src/corpus', files: 90, characters: 700_000 },
        { name: 'docs', files: 202, characters: 1_241_377 },
      ],
      reason: [
        { name: 'ignored by .gitignore', files: 14, characters: 0 },
        { name: 'binary', files: 9, characters: 0 },
        { name: 'lines that look like a credential', files: 2, characters: 0 },
      ],
    },
  },
  network: {
    cell: 'lstm',
    layers: 1,
    units: 256,
    embedding: 64,
    vocabularySize: 143,
    isJoint: true,
    parameters: 412_930,
    bytes: 5_100_000,
    engine: 'wasm',
    engineReason:
      'the faster one in a trial of 1.8 s: 96,000 characters per second against 61,000 of tensorflow',
    steps: 540,
    epochs: 4,
    characters: 552_960,
    seconds: 271,
    savedAt: '2026-11-02T09:30:00.000Z',
  },
  counts: {
    today: {
      typescript: { shown: 214, taken: 88, characters: 1_920, judged: 71, kept: 62 },
      markdown: { shown: 31, taken: 4, characters: 60, judged: 4, kept: 2 },
    },
    week: {
      typescript: { shown: 1_204, taken: 512, characters: 10_311, judged: 490, kept: 431 },
      markdown: { shown: 31, taken: 4, characters: 60, judged: 4, kept: 2 },
    },
    weeks: { typescript: { shown: 4_100, taken: 1_800, characters: 38_002, judged: 1_770, kept: 1_502 } },
  },
};
