import type { Cell } from '../../../model/index.ts';
import { parameter, shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** One time step of one layer for all streams of a thread. */
interface Step {
  readonly layer: number;
  readonly t: number;
  /** Byte offset of the step's gate sums [b, G·Hp], or of their gradients. */
  readonly sums: number;
  /** Byte offset of the part of the sums that comes from the state, in a GRU; see `ShardPlan.stateSums`. */
  readonly stateSums: number;
}

/** The part of a layer that differs from cell to cell. */
interface CellSteps {
  /** Computes h[t] from the gate sums of the inputs and h[t-1]. */
  readonly forward: (workspace: Workspace, step: Step) => void;
  /**
   * Backpropagates dh[t] to the gate pre-activations (`sums`, `stateSums`) and, through the recurrent weights, to dh[t-1].
   * At t = 0 there is no earlier h, so only the pre-activations' gradients are written.
   */
  readonly backward: (workspace: Workspace, step: Step) => void;
}

export const CELL_STEPS: Readonly<Record<Cell, CellSteps>> = {
  lstm: {
    forward: (workspace, step) => {
      const { kernels } = workspace.arena;
      const { gates, cells, cellTanh, h, units, streams, stepBytes, at } = stepOffsets(workspace, step);
      recurrentProduct(workspace, step, step.sums);
      const [before, after] = [cells + at, cells + at + stepBytes];
      kernels.lstmForward(step.sums, gates, before, after, h + stepBytes, cellTanh + at, streams, units);
    },
    backward: (workspace, step) => {
      const { kernels } = workspace.arena;
      const { gates, cells, cellTanh, dOutput, dRecurrent, dCell, units, streams, at } = stepOffsets(
        workspace,
        step,
      );
      kernels.lstmBackward(
        gates,
        step.sums,
        cells + at,
        cellTanh + at,
        dOutput,
        dRecurrent,
        dCell,
        streams,
        units,
      );
      dRecurrentProduct(workspace, step, step.sums, false);
    },
  },
  gru: {
    forward: (workspace, step) => {
      const { plan, arena } = workspace;
      const { gates, h, units, streams, stepBytes } = stepOffsets(workspace, step);
      const bias = parameter(plan, plan.weights, `rnn.bias_hh_l${step.layer}`);
      recurrentProduct(workspace, step, step.stateSums, bias);
      arena.kernels.gruForward(step.sums, step.stateSums, gates, h, h + stepBytes, streams, units);
    },
    backward: (workspace, step) => {
      const { gates, h, dOutput, dRecurrent, units, streams } = stepOffsets(workspace, step);
      workspace.arena.kernels.gruBackward(
        gates,
        step.sums,
        step.stateSums,
        h,
        dOutput,
        dRecurrent,
        streams,
        units,
      );
      dRecurrentProduct(workspace, step, step.stateSums, true);
    },
  },
  rnn: {
    forward: (workspace, step) => {
      const { h, units, streams, stepBytes } = stepOffsets(workspace, step);
      recurrentProduct(workspace, step, step.sums);
      workspace.arena.kernels.rnnForward(step.sums, h + stepBytes, streams * units);
    },
    backward: (workspace, step) => {
      const { h, dOutput, dRecurrent, units, streams, stepBytes } = stepOffsets(workspace, step);
      const { kernels } = workspace.arena;
      kernels.rnnBackward(h + stepBytes, step.sums, dOutput, dRecurrent, streams * units);
      dRecurrentProduct(workspace, step, step.sums, false);
    },
  },
};

/** Byte offsets of a step's values; `h` is h[t-1]. */
function stepOffsets(workspace: Workspace, { layer, t }: Step) {
  const { plan } = workspace;
  const shard = shardOf(workspace);
  const { gates, cells, cellTanh, outputs } = shard.layers[layer];
  const { units, keptGates } = plan;
  const streams = shard.batchSize;
  const stepBytes = 4 * streams * units;
  const at = t * stepBytes;
  return {
    units,
    streams,
    stepBytes,
    at,
    gates: gates + keptGates * at,
    cells,
    cellTanh,
    h: outputs + at,
    dOutput: shard.dOutput + at,
    dRecurrent: shard.dRecurrent,
    dCell: shard.dCell,
  };
}

/** sums += W_hh h[t-1]; with a bias, sums = bias + W_hh h[t-1]. */
function recurrentProduct(workspace: Workspace, step: Step, sums: number, bias?: number): void {
  const { plan, arena } = workspace;
  const { h, units, streams } = stepOffsets(workspace, step);
  const { forward } = plan.layers[step.layer].recurrent;
  const [start, stride] = bias === undefined ? [sums, plan.width] : [bias, 0];
  arena.kernels.product(h, units, forward, start, stride, sums, plan.width, streams, plan.width, units);
}

/** Writes W_hhᵀ dSums to dh[t-1]. @param added whether to add it to what is there instead. */
function dRecurrentProduct(workspace: Workspace, step: Step, dSums: number, added: boolean): void {
  if (step.t === 0) return;
  const { plan, arena } = workspace;
  const { dRecurrent, units, streams } = stepOffsets(workspace, step);
  const { backward } = plan.layers[step.layer].recurrent;
  const [start, stride] = added ? [dRecurrent, units] : [plan.zeros, 0];
  arena.kernels.product(
    dSums,
    plan.width,
    backward,
    start,
    stride,
    dRecurrent,
    units,
    streams,
    units,
    plan.width,
  );
}
