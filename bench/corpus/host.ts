/**
 * Plays the extension host: has the suggestion worker read a tree, and the training process train on it for one step,
 * and prints how long this thread was held: `host.ts FOLDER MODEL`.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SuggestionClient } from '../../src/completion/client/suggestion-client.ts';
import { defaultTrainingOptions } from '../../src/training/options.ts';
import { startTraining } from '../../src/training/process/training-client.ts';
import { leftOutNotices } from '../../src/ui/training/left-out-notices.ts';
import { ROOT } from '../../scripts/repository.ts';
import type { Holding } from './measured.ts';
import { ThreadClock } from './thread-clock.ts';

const [FOLDER, MODEL] = process.argv.slice(2);
const MAX_CHARACTERS = 20_000_000;
const corpus = { roots: [FOLDER], include: [], exclude: [], maxCharacters: MAX_CHARACTERS };
const clock = new ThreadClock();

async function readForSuggestions(): Promise<void> {
  await new Promise<void>((resolve) => {
    const client = new SuggestionClient(join(ROOT, 'dist', 'suggestion-worker.cjs'), {
      onLog: console.error,
      onStatus: () => {
        if (client.workspace?.isComplete !== true) return;
        client.dispose();
        resolve();
      },
    });
    client.setSources({ corpus: { options: corpus, revision: 1 } });
  });
}

async function train(): Promise<void> {
  const run = startTraining(
    join(ROOT, 'dist', 'training-process.cjs'),
    {
      modelPath: MODEL,
      corpus,
      options: { ...defaultTrainingOptions, layers: 1, units: 8, steps: 1 },
      limits: 'total',
      engine: 'wasm',
      threads: 1,
      resume: false,
    },
    {
      onLog: console.error,
      onEvent: (event) => {
        if (event.event === 'corpus') leftOutNotices(event.leftOut);
      },
    },
  );
  await run.finished;
}

/** The longest hold while `work` goes on, in milliseconds. */
async function holdDuring(work: () => Promise<void>): Promise<number> {
  clock.takeLongestHold();
  await work();
  return clock.takeLongestHold();
}

// Loading the program is not counted.
await sleep(50);
const holding: Holding = {
  suggestions: await holdDuring(readForSuggestions),
  training: await holdDuring(train),
};
clock.end();
console.log(JSON.stringify(holding));
