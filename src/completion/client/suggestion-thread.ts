import { type OpenChannel, threadChannel } from '../../common/rpc/worker-channel.ts';

/**
 * V8 lets the young generation of a thread grow to some 150 MB of address space, most of it resident, although 12 MB
 * are alive in ours.
 */
const MAX_YOUNG_GENERATION_MB = 12;

/** Starts the suggestion worker in a thread. @param workerPath the bundled `suggestion-worker.cjs`. */
export function suggestionThread(workerPath: string): OpenChannel {
  return threadChannel(workerPath, {
    name: 'char-rnn suggestions',
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
  });
}
