import { sentenceOf, UserFacingError } from '../../common/errors.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import type { BatchLimits } from '../engine.ts';
import { CrashGuard } from './crash-guard.ts';
import type { Engine } from '../engine.ts';
import { REASONS, varyingReason, withDetails } from '../reasons.ts';
import {
  createTensorFlowEngine,
  findTensorFlow,
  installedTensorFlow,
  threadsFor,
} from '../tensorflow/index.ts';
import { charactersPerSecond } from './speed-trial.ts';
import { createWasmEngine, defaultThreads } from '../wasm/index.ts';

/** The user's choice. */
export type EngineSetting = 'auto' | 'wasm' | 'tensorflow';

export interface EngineChoice {
  readonly engine: Engine;
  /** Why it was chosen: a short phrase for the log and the model's record. */
  readonly reason: string;
}

/** The network that an engine is chosen for. */
export interface NetworkToTrain {
  readonly specification: NetworkSpecification;
  readonly limits: BatchLimits;
  /** Number of threads; 0 or undefined leaves it to the engine. */
  readonly threads?: number;
  /**
   * The engine that trained the network so far, if any. `auto` keeps it where it runs, because only the same engine
   * resumes a training exactly.
   */
  readonly trainedBy?: string;
}

/**
 * Chooses the engine to train a network with. `auto` lets both engines train it for less than two seconds together
 * and takes the faster one; without TensorFlow it takes wasm at once.
 * @throws EngineError if the engine that was asked for cannot run here; the signal's reason when aborted.
 */
export async function chooseEngine(
  setting: EngineSetting,
  network: NetworkToTrain,
  signal?: AbortSignal,
): Promise<EngineChoice> {
  switch (setting) {
    case 'tensorflow':
      return { engine: await tensorFlowFor(network), reason: REASONS.askedFor };
    case 'wasm':
      return chosen(await wasmFor(network), REASONS.askedFor);
    case 'auto':
      return chooseFaster(network, signal);
  }
}

/** Call before work that ends in `chooseEngine`. @throws EngineError if the engine asked for is not installed. */
export function checkEngine(setting: EngineSetting): void {
  if (setting === 'tensorflow') installedTensorFlow();
}

/** The fastest wasm engine on this machine. Only for a process of our own; see `WasmEngineOptions`. */
function wasmFor({ threads }: NetworkToTrain): Promise<Engine> {
  return createWasmEngine({ kernels: 'auto', threads: threads || defaultThreads() });
}

function chosen(engine: Engine, why: string): EngineChoice {
  return { engine, reason: withDetails(why, engine.details) };
}

function tensorFlowFor({ specification, limits, threads }: NetworkToTrain): Promise<Engine> {
  return createTensorFlowEngine(threads || threadsFor(specification, limits));
}

async function chooseFaster(network: NetworkToTrain, signal?: AbortSignal): Promise<EngineChoice> {
  const wasm = await wasmFor(network);
  if (findTensorFlow() === undefined) return chosen(wasm, REASONS.notInstalled);
  if (network.trainedBy === 'wasm') return chosen(wasm, REASONS.trainedSoFar);
  const guard = new CrashGuard();
  if (guard.lastTryCrashed) return chosen(wasm, REASONS.crashed);
  await guard.begin();
  try {
    return await tryBoth(wasm, network, signal);
  } finally {
    guard.end();
  }
}

async function tryBoth(wasm: Engine, network: NetworkToTrain, signal?: AbortSignal): Promise<EngineChoice> {
  let tensorflow: Engine;
  try {
    tensorflow = await tensorFlowFor(network);
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    return chosen(wasm, varyingReason('doesNotLoad', sentenceOf(error.cause ?? error).slice(0, 200)));
  }
  if (network.trainedBy === 'tensorflow') return { engine: tensorflow, reason: REASONS.trainedSoFar };

  const ofWasm = await charactersPerSecond(wasm, network, signal);
  const ofTensorFlow = await charactersPerSecond(tensorflow, network, signal);
  const [shownWasm, shownTensorFlow] = [ofWasm, ofTensorFlow].map(roundedSpeed);
  return ofTensorFlow > ofWasm
    ? { engine: tensorflow, reason: varyingReason('fasterThanWasm', shownTensorFlow, shownWasm) }
    : chosen(wasm, varyingReason('fasterThanTensorFlow', shownWasm, shownTensorFlow));
}

function roundedSpeed(speed: number): string {
  return String(Number(speed.toPrecision(2)));
}
