import type { Cell, NetworkSpecification } from '../../model/index.ts';
import type { Batch } from '../engine.ts';
import { JOINT_LOSS_WEIGHT } from '../joint-loss.ts';
import type { CellParameters, CellSizes, CellTrace } from './cell.ts';
import { gruBackward, gruForward } from './gru.ts';
import { lstmBackward, lstmForward } from './lstm.ts';
import { addLogitBias, logitBiasGradients } from './logit-bias.ts';
import type { LogitBiasParameters } from './logit-bias.ts';
import { outputLayerGradients, outputOf } from './output-layer.ts';
import type { Output, OutputLayerParameters } from './output-layer.ts';
import { rnnBackward, rnnForward } from './rnn.ts';

/** Parameters, or their gradients, by PyTorch's names. */
export type DoubleTensors = ReadonlyMap<string, Float64Array>;

const CELLS: Readonly<Record<Cell, { forward: typeof lstmForward; backward: typeof lstmBackward }>> = {
  lstm: { forward: lstmForward, backward: lstmBackward },
  gru: { forward: gruForward, backward: gruBackward },
  rnn: { forward: rnnForward, backward: rnnBackward },
};

/** h and c, each [L, B, H]; c is empty unless the cell is an LSTM. */
export interface CarriedState {
  readonly h: Float64Array;
  readonly c: Float64Array;
}

/** One window through the network. */
export interface Pass {
  readonly alone: Output;
  /** Absent without a logit bias. */
  readonly joint?: Output;
  readonly state: CarriedState;
  /** The gradients of the mean alone loss + JOINT_LOSS_WEIGHT · the mean joint loss with respect to every parameter. */
  gradients(): DoubleTensors;
}

/** Runs a window forward. Gradients are computed only when `gradients` is called. */
export function runPass(
  specification: NetworkSpecification,
  parameters: DoubleTensors,
  state: CarriedState,
  batch: Batch,
): Pass {
  const { layers: L, units: H, embedding: E, vocabularySize: V } = specification;
  const cell = CELLS[specification.cell];
  const T = batch.sequenceLength;
  const rows = batch.inputs.length;
  const B = rows / T;
  const get = (name: string): Float64Array => {
    const found = parameters.get(name);
    if (found === undefined) throw new Error(`no parameter ${name}`);
    return found;
  };
  const layerParameters = (l: number): CellParameters => ({
    weightIh: get(`rnn.weight_ih_l${l}`),
    weightHh: get(`rnn.weight_hh_l${l}`),
    biasIh: get(`rnn.bias_ih_l${l}`),
    biasHh: get(`rnn.bias_hh_l${l}`),
  });
  const sizes = (l: number): CellSizes => ({
    length: T,
    batch: B,
    inputs: l > 0 ? H : E > 0 ? E : V,
    units: H,
  });

  const xs: Float64Array[] = [embed(batch.inputs, E > 0 ? get('embedding.weight') : null, E, V)];
  const traces: CellTrace[] = [];
  for (let l = 0; l < L; l++) {
    const part = [l * B * H, (l + 1) * B * H] as const;
    const trace = cell.forward(
      xs[l],
      state.h.subarray(...part),
      state.c.subarray(...part),
      layerParameters(l),
      sizes(l),
    );
    traces.push(trace);
    const mask = l < L - 1 ? batch.dropoutMasks?.[l] : undefined;
    xs.push(masked(trace.h.subarray(B * H), mask));
  }
  const h = xs[L];
  const outputLayer = (name: string): OutputLayerParameters => ({
    weight: get(`${name}.weight`),
    bias: get(`${name}.bias`),
  });
  const biasParameters = (): LogitBiasParameters => ({
    weight: get('prior.weight'),
    gate: get('prior.gate'),
  });
  const { targets, logitBias } = batch;
  const alone = outputOf(h, outputLayer('decoder'), targets);
  const joint =
    logitBias &&
    outputOf(h, outputLayer('prior.decoder'), targets, (logits) =>
      addLogitBias(logits, h, logitBias, biasParameters()),
    );
  const last = (of: 'h' | 'c') => concatenate(traces.map((trace) => trace[of].subarray(T * B * H)));

  function gradients(): DoubleTensors {
    const result = new Map<string, Float64Array>();
    let dOutput: Float64Array = new Float64Array(h.length);
    const setOutputLayer = (name: string, dLogits: Float64Array): void => {
      const { weight, bias } = outputLayerGradients(dLogits, h, dOutput, outputLayer(name));
      result.set(`${name}.weight`, weight);
      result.set(`${name}.bias`, bias);
    };
    setOutputLayer('decoder', alone.entropy.dLogits);
    if (logitBias && joint) {
      const dLogits = joint.entropy.dLogits.map((d) => JOINT_LOSS_WEIGHT * d);
      setOutputLayer('prior.decoder', dLogits);
      const { weight, gate } = logitBiasGradients(dLogits, h, dOutput, logitBias, biasParameters());
      result.set('prior.weight', weight);
      result.set('prior.gate', gate);
    } else if (specification.prior) {
      for (const [name, { length }] of parameters) {
        if (name.startsWith('prior.')) result.set(name, new Float64Array(length));
      }
    }
    for (let l = L - 1; l >= 0; l--) {
      const back = cell.backward(xs[l], dOutput, traces[l], layerParameters(l), sizes(l));
      result.set(`rnn.weight_ih_l${l}`, back.gradients.weightIh);
      result.set(`rnn.weight_hh_l${l}`, back.gradients.weightHh);
      result.set(`rnn.bias_ih_l${l}`, back.gradients.biasIh);
      result.set(`rnn.bias_hh_l${l}`, back.gradients.biasHh);
      dOutput = masked(back.dX, l > 0 ? batch.dropoutMasks?.[l - 1] : undefined);
    }
    if (E > 0) result.set('embedding.weight', embeddingGradient(batch.inputs, dOutput, E, V));
    return result;
  }
  return { alone, joint, state: { h: last('h'), c: last('c') }, gradients };
}

/** The symbols' vectors [rows, E], or one-hot vectors [rows, V]. */
function embed(inputs: Int32Array, table: Float64Array | null, E: number, V: number): Float64Array {
  const x = new Float64Array(inputs.length * (table ? E : V));
  inputs.forEach((symbol, row) => {
    if (table) x.set(table.subarray(symbol * E, (symbol + 1) * E), row * E);
    else x[row * V + symbol] = 1;
  });
  return x;
}

function embeddingGradient(inputs: Int32Array, dX: Float64Array, E: number, V: number): Float64Array {
  const dTable = new Float64Array(V * E);
  inputs.forEach((symbol, row) => {
    for (let e = 0; e < E; e++) dTable[symbol * E + e] += dX[row * E + e];
  });
  return dTable;
}

function masked(x: Float64Array, mask: Float32Array | undefined): Float64Array {
  return mask === undefined ? x : x.map((value, i) => value * mask[i]);
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
