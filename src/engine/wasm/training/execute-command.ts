import { backward } from './backward.ts';
import type { CommandBlock, ThreadResult } from '../command-block.ts';
import { optimizerStep } from './optimizer-step.ts';
import { forward } from './forward.ts';
import { shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';
import { threadRange } from '../layout/memory-plan.ts';
import { prepare } from './prepare.ts';
import { addLogitBias } from './logit-bias.ts';
import { outputLayers } from './output-layers.ts';

/** Threads get ranges of the parameters that are whole multiples of this many floats. */
const PARAMETERS_UNIT = 16;

/**
 * Executes this thread's part of the current command. Every thread calls it, and when it returns all of them are done.
 * A thread computes the gradients of its own streams, then sums up and updates its own range of the parameters.
 */
export function executeCommand(workspace: Workspace, commands: CommandBlock): void {
  const { command } = commands;
  const { kind, length, dropout, biasEntries } = command;
  const { thread } = workspace;
  const result: ThreadResult = { loss: 0, jointLoss: 0, sumOfSquares: 0, correct: 0, jointCorrect: 0 };
  const withGradients = kind === 'train' || kind === 'gradients';
  const joint = biasEntries > 0;
  prepare(workspace, command, withGradients);
  commands.barrier.wait();
  forward(workspace, length, withGradients && dropout, joint);
  addLogitBias(workspace, length, biasEntries);
  if (kind === 'evaluate') Object.assign(result, evaluate(workspace, length, joint));
  if (withGradients) {
    Object.assign(result, backward(workspace, command));
    commands.barrier.wait();
    result.sumOfSquares = reduceGradients(workspace);
  }
  commands.setResult(thread, result);
  commands.barrier.wait();
  if (kind === 'train') {
    update(workspace, commands);
    commands.barrier.wait();
  }
}

function evaluate(workspace: Workspace, length: number, joint: boolean): Omit<ThreadResult, 'sumOfSquares'> {
  const { plan, arena } = workspace;
  const { targets, batchSize, hits } = shardOf(workspace);
  const none = { loss: 0, correct: 0 };
  const [alone, ofJoint = none] = outputLayers(workspace, joint).map(({ logits }) => {
    arena.integers[hits / 4] = 0;
    const rows = length * batchSize;
    const loss = arena.kernels.crossEntropyAndHits(logits, targets, rows, plan.symbols, hits);
    return { loss, correct: arena.integers[hits / 4] };
  });
  return { ...alone, jointLoss: ofJoint.loss, jointCorrect: ofJoint.correct };
}

/** Adds the gradients of all shards, in order, into the first one's. @returns the sum of the squares of the result. */
function reduceGradients(workspace: Workspace): number {
  const { plan, arena } = workspace;
  const [first, end] = ownParameters(workspace);
  const [sum, ...others] = plan.shards.map(({ gradients }) => gradients + 4 * first);
  for (const gradients of others) arena.kernels.accumulate(sum, gradients, end - first);
  return arena.kernels.sumOfSquares(sum, end - first);
}

/**
 * Takes one step of the optimiser on this thread's range, unless a loss or the gradient is not finite. Of a batch without
 * a logit bias the joint output learns nothing.
 */
function update(workspace: Workspace, commands: CommandBlock): void {
  const { plan, arena } = workspace;
  const { loss, jointLoss, sumOfSquares } = commands.total;
  const gradientNorm = Math.sqrt(sumOfSquares);
  if (![loss, jointLoss, gradientNorm].every(Number.isFinite)) return;
  const { update, step } = commands.update;
  const { clipNorm } = update;
  const [first, last] = ownParameters(workspace);
  const end = commands.command.biasEntries > 0 ? last : Math.min(last, plan.parameters.floatsBeforeJoint);
  if (end <= first) return;
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
