import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ContextModelPredictor, NetworkPredictor, loadNetwork } from '../../src/completion/parts.ts';
import type { Network } from '../../src/completion/parts.ts';
import { train } from '../../src/training/index.ts';
import { buildContextModel } from '../../src/training/parts.ts';
import { editorOptions } from '../editor-settings.ts';
import type { CodeBase } from './code-base.ts';
import { longestMatch } from './longest-match.ts';
import type { Method } from './method.ts';
import { predicting, type PredictingOptions } from './predicting.ts';
import { words } from './words.ts';

/** With which the editor begins, below the folder where benches run. */
export const BASE_NETWORK = 'media/base-network.safetensors';

/** How long to train the network: by the clock, or to be exactly repeatable by steps. No minutes: no network. */
export interface TrainingLength {
  readonly minutes: number;
  readonly steps: number | undefined;
}

/** The methods of the given names, or all if there are none. */
export async function methodsFor(
  codeBase: CodeBase,
  length: TrainingLength,
  names: readonly string[],
  onProposal?: PredictingOptions['onProposal'],
): Promise<Method[]> {
  const isWanted = (name: string) => names.length === 0 || names.includes(name);
  const alphabet = new Set(
    [...codeBase.training, ...codeBase.heldOut].flatMap(({ text }) => [...new Set(text)]),
  ).size;
  const methods: Method[] = [];
  if (isWanted('words')) methods.push(words);
  if (isWanted('longest-match')) methods.push(longestMatch(codeBase.training));
  const network =
    (isWanted('network') || isWanted('product')) && (length.minutes > 0 || length.steps !== undefined)
      ? await trainNetwork(codeBase.training, length)
      : undefined;
  if (network && isWanted('network')) {
    const predictor = new NetworkPredictor(network.stepper, network.vocabulary);
    methods.push(predicting({ name: 'network', predictor, followed: undefined, alphabet, onProposal }));
  }
  const texts = codeBase.training.map(({ path: name, text }) => ({ name, text }));
  for (const name of ['memory', 'product']) {
    if (!isWanted(name)) continue;
    const predictor = new ContextModelPredictor(await buildContextModel(texts), (document) => {
      throw new Error(`${document} is not what the context model followed`);
    });
    if (name === 'product') predictor.join(network);
    methods.push(predicting({ name, predictor, followed: predictor, alphabet, onProposal }));
  }
  return methods;
}

/** Trains as the editor does by default. */
export async function trainNetwork(
  training: CodeBase['training'],
  { minutes, steps }: TrainingLength,
): Promise<Network> {
  const folder = await mkdtemp(path.join(tmpdir(), 'char-rnn-typing-'));
  try {
    const modelPath = path.join(folder, 'model.safetensors');
    await train({
      modelPath,
      corpus: { roots: training.map((file) => file.path), include: [], exclude: [], maxCharacters: 20e6 },
      options: {
        ...editorOptions(),
        memory: true,
        epochs: 100_000,
        ...(steps === undefined ? { minutes } : { minutes: Infinity, steps }),
      },
      limits: 'total',
      engine: 'wasm',
      threads: 0,
      resume: false,
      basePath: BASE_NETWORK,
    });
    return await loadNetwork(modelPath, BASE_NETWORK);
  } finally {
    await rm(folder, { recursive: true });
  }
}
