import { stat } from 'node:fs/promises';
import { localized } from '../../common/localization/localize.ts';
import { engineReasonMessage } from '../../training/index.ts';
import { type Model, parameterCount, readModel, type TrainingRecord } from '../../model/index.ts';
import { type CurvePoint, mergePoints, type NetworkSummary, type Sample } from '../../panel/index.ts';

/** What the page shows of a model file. */
export interface ModelContent {
  readonly network: NetworkSummary;
  readonly points: readonly CurvePoint[];
  readonly samples: readonly Sample[];
}

/** Reads a model file for the page; undefined where there is none that can be read, which the status reports. */
export async function readModelContent(file: string): Promise<ModelContent | undefined> {
  try {
    const { size } = await stat(file);
    return modelContent(await readModel(file), size);
  } catch {
    return undefined;
  }
}

/** @param bytes of the file. */
export function modelContent(
  { specification, training }: Pick<Model, 'specification' | 'training'>,
  bytes: number,
): ModelContent {
  const { cell, layers, units, embedding, vocabularySize, prior } = specification;
  const { engine, engineReason, steps, epochs, characters, seconds, savedAt } = training;
  return {
    network: {
      cell,
      layers,
      units,
      embedding,
      vocabularySize,
      isJoint: prior ?? false,
      parameters: parameterCount(specification),
      bytes,
      engine,
      engineReason: localized(engineReasonMessage(engineReason)),
      steps,
      epochs,
      characters,
      seconds,
      savedAt,
    },
    points: recordedPoints(training),
    samples: training.samples.map(({ step, loss, text }) => ({ step, loss, text })),
  };
}

function recordedPoints({ losses, validations }: TrainingRecord): readonly CurvePoint[] {
  const heldOut = validations.map(({ step, bitsPerCharacter }) => ({ step, heldOutBits: bitsPerCharacter }));
  return mergePoints(losses, heldOut);
}
