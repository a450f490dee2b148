import { inputOf } from './forward.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Adds the scaled logit bias to this thread's joint logits. @param entries K, 0 without a bias. */
export function addLogitBias(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logitBias, batchSize } = shardOf(workspace);
  if (logitBias === null || entries === 0) return;
  arena.kernels.addLogitBias(
    logitBias.jointLogits,
    plan.symbols,
    inputOf(workspace, specification.layers, false),
    plan.units,
    logitBias.symbols,
    logitBias.values,
    entries,
    parameter(plan, plan.weights, 'prior.weight'),
    parameter(plan, plan.weights, 'prior.gate'),
    length * batchSize,
  );
}

/** Computes the gradients of w and g from those of the joint logits, and adds to those of the last layer's outputs. */
export function logitBiasBackward(workspace: Workspace, length: number, entries: number): void {
  const { specification, plan, arena } = workspace;
  const { logitBias, gradients, dOutput, batchSize } = shardOf(workspace);
  if (logitBias === null || entries === 0) return;
  arena.kernels.logitBiasBackward(
    logitBias.jointLogits,
    plan.symbols,
    inputOf(workspace, specification.layers, false),
    plan.units,
    logitBias.symbols,
    logitBias.values,
    entries,
    parameter(plan, plan.weights, 'prior.gate'),
    length * batchSize,
    parameter(plan, gradients, 'prior.weight'),
    parameter(plan, gradients, 'prior.gate'),
    dOutput,
  );
}
