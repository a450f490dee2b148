import { readFile } from 'node:fs/promises';
import { replaceFile } from '../../common/atomic-file.ts';
import { type CurvePoint, thinPoints } from '../../panel/index.ts';
import { panelFileOf } from '../model/model-store.ts';
import type { CorpusRecord } from './corpus-files.ts';

/**
 * What the page shows of a past training beyond the model file: times, learning rates, norms and speeds, and the files
 * that were learnt and left out. It is stored next to the model file and deleted with it.
 */
export interface StoredHistory {
  readonly points: readonly CurvePoint[];
  readonly corpus: CorpusRecord | null;
}

const VERSION = 1;
/** Points of a training that are stored. */
const MAX_STORED_POINTS = 400;
/** Of the files learnt and of those left out, each. */
const MAX_STORED_FILES = 5_000;

export async function writeHistory(modelPath: string, { points, corpus }: StoredHistory): Promise<void> {
  const stored = {
    version: VERSION,
    points: thinPoints(points, MAX_STORED_POINTS),
    corpus: corpus && {
      ...corpus,
      learnt: corpus.learnt.slice(0, MAX_STORED_FILES),
      leftOut: corpus.leftOut.slice(0, MAX_STORED_FILES),
    },
  };
  await replaceFile(panelFileOf(modelPath), async (file) => {
    await file.writeFile(JSON.stringify(stored));
  });
}

/** The stored history; empty where there is none of this version. */
export async function readHistory(modelPath: string): Promise<StoredHistory> {
  try {
    const { version, points, corpus } = JSON.parse(await readFile(panelFileOf(modelPath), 'utf8')) as Record<
      string,
      unknown
    >;
    if (version !== VERSION || !Array.isArray(points)) return NO_HISTORY;
    return { points: points as CurvePoint[], corpus: (corpus ?? null) as CorpusRecord | null };
  } catch {
    // It serves to look at; without it, the curves of the model file are shown.
    return NO_HISTORY;
  }
}

export const NO_HISTORY: StoredHistory = { points: [], corpus: null };

/**
 * Those of the stored points that are of the training of this model: none where a loss that both have differs, as
 * the model was replaced, or where they share no step; later ones were never saved.
 * @param recorded of the model file
 * @param steps of the model
 */
export function pointsOfModel(
  stored: readonly CurvePoint[],
  recorded: readonly CurvePoint[],
  steps: number,
): readonly CurvePoint[] {
  const losses = new Map(recorded.map(({ step, loss }) => [step, loss]));
  const common = stored.filter(({ step, loss }) => loss !== undefined && losses.get(step) !== undefined);
  const isSame = common.length > 0 && common.every(({ step, loss }) => losses.get(step) === loss);
  return isSame ? stored.filter(({ step }) => step <= steps) : [];
}
