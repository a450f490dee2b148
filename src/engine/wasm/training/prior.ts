import { inputOf } from './forward.ts';
import { parameter, shareOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Adds what the prior's K entries of each row say to this thread's logits. */
export function addPrior(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logits, prior, batchSize } = shareOf(workspace);
  if (prior === null || entries === 0) return;
  arena.kernels.addPrior(
    logits,
    plan.symbols,
    inputOf(workspace, specification.layers, false),
    plan.units,
    prior.symbols,
    prior.values,
    entries,
    parameter(plan, plan.weights, 'prior.weight'),
    parameter(plan, plan.weights, 'prior.gate'),
    length * batchSize,
  );
}

/** From the logits' gradients to those of the prior's parameters, and what they add to the outputs'. */
export function priorBackward(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logits, prior, gradients, dOutput, batchSize } = shareOf(workspace);
  if (prior === null || entries === 0) return;
  arena.kernels.priorBackward(
    logits,
    plan.symbols,
    inputOf(workspace, specification.layers, false),
    plan.units,
    prior.symbols,
    prior.values,
    entries,
    parameter(plan, plan.weights, 'prior.gate'),
    length * batchSize,
    parameter(plan, gradients, 'prior.weight'),
    parameter(plan, gradients, 'prior.gate'),
    dOutput,
  );
}
