import { isMainThread } from 'node:worker_threads';
import { TRAINING_PROCESS } from './programs.ts';

// One file is all programs of the command line. The language server starts it again as its suggestion worker, the only
// thread that runs this file, and as its training process.
if (!isMainThread) await import('../completion/worker/worker.ts');
else if (process.send && process.argv[2] === TRAINING_PROCESS)
  await import('../training/process/training-process.ts');
else {
  const { run } = await import('./run.ts');
  await run(process.argv.slice(2));
}
