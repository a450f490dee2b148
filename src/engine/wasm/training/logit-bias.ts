import { inputOf } from './forward.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Adds what the prior's K entries of each row say to this thread's logits. */
export function addLogitBias(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logits, prior, batchSize } = shardOf(workspace);
  if (prior === null || entries === 0) return;
  arena.kernels.addLogitBias(
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
export function logitBiasBackward(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logits, prior, gradients, dOutput, batchSize } = shardOf(workspace);
  if (prior === null || entries === 0) return;
  arena.kernels.logitBiasBackward(
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
