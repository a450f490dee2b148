import type { TensorId } from '../runtime/binding.ts';
import type { LayerPass, LayerParts } from './layer.ts';
import type { Operations } from '../operations/operations.ts';

/**
 * An LSTM layer by TensorFlow's BlockLSTM.
 *
 * TensorFlow's BlockLSTMGrad accumulates the gradients of the weights one time step at a time. Here only the gates and
 * the hidden state's gradient go step by step; the gradients of weights and inputs then follow from all steps' gates in
 * one large product each, which takes less than half the time.
 */
export function lstmLayer(operations: Operations, parts: LayerParts): LayerPass {
  const { sizes, weights, before } = parts;
  const { length: T, streams: B, units: H } = sizes;
  const x = parts.input.x();
  const c = before.c!;
  const bias = operations.add(weights.biasInput, weights.biasRecurrent);
  const both = operations.concatenate([weights.rows, weights.recurrent]);
  const outputs = operations.blockLstm(T, x, c, before.h, both, bias, H);
  const last = (sequence: TensorId) =>
    operations.reshape(operations.slice(sequence, [T - 1, 0, 0], [1, B, H]), [B, H]);

  /** The gradients of the gates of each time step, [B, 4H]. */
  function gateGradients(dOutputs: TensorId): TensorId[] {
    const unpack = (sequence: TensorId) => operations.unpack(sequence, T);
    const { i, cs, f, o, ci, co, h } = outputs;
    const dOutput = unpack(dOutputs);
    const [xs, is, css, fs, os, cis, cos, hs] = [x, i, cs, f, o, ci, co, h].map(unpack);
    const recurrentTransposed = operations.transpose(weights.recurrent);
    const dGates = new Array<TensorId>(T);
    // No gradient comes from beyond the window: back-propagation is truncated.
    let dCs = operations.constantFloats('zeros', [B, H], 0);
    let dH = dOutput[T - 1];
    for (let t = T - 1; t >= 0; t--) {
      const [dCsBefore, dGate] = operations.blockCellGradient(
        {
          x: xs[t],
          csBefore: t > 0 ? css[t - 1] : c,
          hBefore: t > 0 ? hs[t - 1] : before.h,
          w: both,
          b: bias,
          outputs: { i: is[t], cs: css[t], f: fs[t], o: os[t], ci: cis[t], co: cos[t], h: hs[t] },
        },
        dCs,
        dH,
        H,
      );
      // Freed at once, so that the next step reuses memory that is still in the cache.
      operations.free(dCs);
      operations.free(dH);
      dCs = dCsBefore;
      dGates[t] = dGate;
      if (t > 0) {
        const throughState = operations.product(dGate, recurrentTransposed);
        dH = operations.add(dOutput[t - 1], throughState);
        operations.free(throughState);
      }
    }
    return dGates;
  }

  return {
    outputs: outputs.h,
    state: { h: last(outputs.h), c: last(outputs.cs) },
    back: (dOutputs) => {
      const rows = operations.reshape(operations.pack(gateGradients(dOutputs)), [T * B, 4 * H]);
      return { input: rows, recurrent: rows };
    },
  };
}
