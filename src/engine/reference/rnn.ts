import { addGateGradient, gateSum, zeroGradients } from './cell.ts';
import type { CellBackward, CellParameters, CellSizes, CellTrace } from './cell.ts';

/** h' = tanh(W_ih x + b_ih + W_hh h + b_hh), as in torch.nn.RNN (Elman, 1990). @param x [T, B, I]. @param h0 [B, H]. */
export function rnnForward(
  x: Float64Array,
  h0: Float64Array,
  _: Float64Array,
  { weightIh, weightHh, biasIh, biasHh }: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellTrace {
  const h = new Float64Array((T + 1) * B * H);
  h.set(h0);
  for (let row = 0; row < T * B; row++) {
    for (let j = 0; j < H; j++) {
      const ofInput = gateSum(weightIh, biasIh, j, x, row * I, I);
      const ofState = gateSum(weightHh, biasHh, j, h, row * H, H);
      h[(row + B) * H + j] = Math.tanh(ofInput + ofState);
    }
  }
  return { gates: new Float64Array(), h, c: new Float64Array() };
}

/** The gradient of `rnnForward`, truncated: none flows into h0. @param dH [T, B, H], left as it is. */
export function rnnBackward(
  x: Float64Array,
  dH: Float64Array,
  { h }: CellTrace,
  parameters: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellBackward {
  const dX = new Float64Array(T * B * I);
  const dOutput = dH.slice();
  const gradients = zeroGradients(parameters);
  const { weightIh, weightHh } = parameters;
  const ofInput = { weight: gradients.weightIh, bias: gradients.biasIh, values: dX };
  for (let row = T * B - 1; row >= 0; row--) {
    const ofState = { weight: gradients.weightHh, bias: gradients.biasHh, values: row >= B ? dOutput : null };
    for (let j = 0; j < H; j++) {
      const d = dOutput[row * H + j] * (1 - h[(row + B) * H + j] ** 2);
      addGateGradient(d, weightIh, j, x, row * I, I, ofInput);
      addGateGradient(d, weightHh, j, h, row * H, H, ofState, (row - B) * H);
    }
  }
  return { dX, gradients };
}
