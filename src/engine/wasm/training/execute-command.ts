import { backward } from './backward.ts';
import type { Control, ThreadResult } from '../barrier.ts';
import { optimizerStep } from './optimizer-step.ts';
import { forward } from './forward.ts';
import { shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';
import { threadRange } from '../layout/memory-plan.ts';
import { prepare } from './prepare.ts';
import { addLogitBias } from './logit-bias.ts';

/** Floats of the parameters are shared out in multiples of this. */
const PARAMETERS_UNIT = 16;

/**
 * A thread's part of the command that stands in `control`; every thread calls it, and all have done everything when
 * it returns. Each has its own streams and gradients; then each adds up, and updates, its own part of the weights.
 */
export function executeCommand(workspace: Workspace, control: Control): void {
  const { kind, length, dropout, biasEntries: priorEntries } = control.command;
  const { thread } = workspace;
  const result: ThreadResult = { loss: 0, sumOfSquares: 0, correct: 0 };
  const withGradients = kind === 'train' || kind === 'gradients';
  prepare(workspace, withGradients);
  control.wait();
  forward(workspace, length, withGradients && dropout);
  addLogitBias(workspace, length, priorEntries);
  if (kind === 'evaluate') Object.assign(result, measure(workspace, length));
  if (withGradients) {
    result.loss = backward(workspace, control.command);
    control.wait();
    result.sumOfSquares = reduceGradients(workspace);
  }
  control.setResult(thread, result);
  control.wait();
  if (kind === 'train') {
    update(workspace, control);
    control.wait();
  }
}

function measure(workspace: Workspace, length: number): Pick<ThreadResult, 'loss' | 'correct'> {
  const { plan, arena } = workspace;
  const { logits, targets, batchSize, hits } = shardOf(workspace);
  arena.integers[hits / 4] = 0;
  const rows = length * batchSize;
  const loss = arena.kernels.crossEntropyAndHits(logits, targets, rows, plan.symbols, hits);
  return { loss, correct: arena.integers[hits / 4] };
}

/** All threads' gradients, added up in order into the first one's; returns the sum of their squares. */
function reduceGradients(workspace: Workspace): number {
  const { plan, arena } = workspace;
  const [first, end] = ownParameters(workspace);
  const [sum, ...others] = plan.shards.map(({ gradients }) => gradients + 4 * first);
  for (const gradients of others) arena.kernels.accumulate(sum, gradients, end - first);
  return arena.kernels.sumOfSquares(sum, end - first);
}

/** One step of the optimiser, unless the loss or the gradient is not finite. */
function update(workspace: Workspace, control: Control): void {
  const { plan, arena } = workspace;
  const { loss, sumOfSquares } = control.total;
  const gradientNorm = Math.sqrt(sumOfSquares);
  if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return;
  const { update, step } = control.update;
  const { clipNorm } = update;
  const [first, end] = ownParameters(workspace);
  optimizerStep(arena.kernels, update, step, gradientNorm > clipNorm ? clipNorm / gradientNorm : 1, {
    weights: plan.weights + 4 * first,
    gradients: plan.shards[0].gradients + 4 * first,
    firstMoments: plan.firstMoments + 4 * first,
    secondMoments: plan.secondMoments + 4 * first,
    count: end - first,
  });
}

function ownParameters({ plan, thread }: Workspace): [first: number, end: number] {
  return threadRange(plan.parameters.floats, thread, plan.shards.length, PARAMETERS_UNIT);
}
