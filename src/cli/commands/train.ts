import { resolve } from 'node:path';
import { Command } from 'commander';
import { TensorBoardLog, train } from '../../training/index.ts';
import type { TrainingEvent } from '../../training/index.ts';
import { corpusOptions } from '../options/corpus-options.ts';
import { EXIT_STATUS } from '../output/exit-status.ts';
import type { ExitStatus } from '../output/exit-status.ts';
import { interruptSignal } from '../interruption.ts';
import { checkModelTarget } from '../options/model-target.ts';
import type { Output } from '../output/output.ts';
import { trainFlags, trainingOptionsOf } from '../options/train-options.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { trainReport } from '../output/train-report.ts';

const HELP = `
Files named themselves are taken whatever their size and the ignore rules; folders are walked.
Whichever of --epochs, --steps and --minutes is reached first ends the training. Ctrl-C ends it too, after saving
the model; a second Ctrl-C ends it at once, with the model as it was saved last. A model file that is there already
is kept as FILE.previous unless --resume goes on from it.

Examples:
  char-rnn train src --model code.safetensors --minutes 10
  char-rnn train src --model code.safetensors --minutes 10 --resume
  char-rnn train src --model code.safetensors --sample-every 200 --tensorboard runs/code
  char-rnn train src --model code.safetensors --base media/base-network.safetensors --memory \\
    --layers 1 --units 256 --embedding 64
  char-rnn train book.txt --model book.safetensors --layers 3 --units 512 --dropout 0.3`;

/** @param end called with the exit status of a training that ended without an error. */
export function trainCommand(output: Output, end: (status: ExitStatus) => void): Command {
  const command = new Command('train')
    .description('Trains a network on text and saves it, again and again, in a model file.')
    .argument('<path...>', 'files and folders to learn')
    .addHelpText('after', HELP)
    .action(async (paths: string[], flags: TrainFlags) => end(await trainAndReport(paths, flags, output)));
  for (const option of trainFlags()) command.addOption(option);
  return command;
}

/** Trains, and reports the progress to a person or a script. */
export async function trainAndReport(
  paths: readonly string[],
  flags: TrainFlags,
  output: Output,
): Promise<ExitStatus> {
  const modelPath = resolve(flags.model);
  const resume = flags.resume ?? false;
  const isThere = await checkModelTarget(modelPath, paths, resume);
  const note = resume && !isThere ? startsAnew(modelPath) : undefined;
  const report = trainReport(output, flags.json ?? false);
  const tensorBoard =
    flags.tensorboard === undefined ? undefined : await TensorBoardLog.open(resolve(flags.tensorboard));
  const onEvent = (event: TrainingEvent): void => {
    tensorBoard?.onEvent(event);
    report.onEvent(event.event === 'started' && note !== undefined ? { ...event, note } : event);
  };
  try {
    const { ending } = await train(
      {
        modelPath,
        corpus: corpusOptions(paths),
        options: trainingOptionsOf(flags),
        limits: 'total',
        engine: flags.engine,
        threads: flags.threads ?? 0,
        resume,
        ...(flags.base === undefined ? {} : { basePath: resolve(flags.base) }),
      },
      { signal: AbortSignal.any([interruptSignal(), output.closed]), onEvent },
    );
    // A closed pipe interrupts the training, a full disk fails it.
    if (output.closed.aborted && !output.isReaderGone) output.closed.throwIfAborted();
    return ending === 'interrupted' ? EXIT_STATUS.interrupted : EXIT_STATUS.done;
  } finally {
    await report.end();
    await tensorBoard?.close();
  }
}

function startsAnew(modelPath: string): string {
  return `There is no model ${modelPath} to resume, so a new one is trained.`;
}
