import { addGateGradient, gateSum, sigmoid, zeroGradients } from './cell.ts';
import type { CellBackward, CellParameters, CellSizes, CellTrace } from './cell.ts';

/**
 * r, z = σ(W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h' = (1 - z) n + z h, as in
 * torch.nn.GRU: the reset gate acts after the recurrent product (the second variant of Cho et al., 2014).
 * @param x [T, B, I]. @param h0 [B, H].
 * @returns gates [T, B, 4H]: r, z, n, and what r is multiplied by.
 */
export function gruForward(
  x: Float64Array,
  h0: Float64Array,
  _: Float64Array,
  { weightIh, weightHh, biasIh, biasHh }: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellTrace {
  const gates = new Float64Array(T * B * 4 * H);
  const h = new Float64Array((T + 1) * B * H);
  h.set(h0);
  for (let row = 0; row < T * B; row++) {
    const ofInput = (gate: number) => gateSum(weightIh, biasIh, gate, x, row * I, I);
    const ofState = (gate: number) => gateSum(weightHh, biasHh, gate, h, row * H, H);
    for (let j = 0; j < H; j++) {
      const r = sigmoid(ofInput(j) + ofState(j));
      const z = sigmoid(ofInput(j + H) + ofState(j + H));
      const recurrent = ofState(j + 2 * H);
      const n = Math.tanh(ofInput(j + 2 * H) + r * recurrent);
      [r, z, n, recurrent].forEach((value, gate) => (gates[row * 4 * H + gate * H + j] = value));
      h[(row + B) * H + j] = (1 - z) * n + z * h[row * H + j];
    }
  }
  return { gates, h, c: new Float64Array() };
}

/** The gradient of `gruForward`, truncated: none flows into h0. @param dH [T, B, H], left as it is. */
export function gruBackward(
  x: Float64Array,
  dH: Float64Array,
  { gates, h }: CellTrace,
  parameters: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellBackward {
  const dX = new Float64Array(T * B * I);
  const dOutput = dH.slice();
  const gradients = zeroGradients(parameters);
  const { weightIh, weightHh } = parameters;
  const ofInput = { weight: gradients.weightIh, bias: gradients.biasIh, values: dX };
  for (let row = T * B - 1; row >= 0; row--) {
    const ofState = {
      weight: gradients.weightHh,
      bias: gradients.biasHh,
      values: row >= B ? dOutput : null,
    };
    for (let j = 0; j < H; j++) {
      const [r, z, n, recurrent] = [0, 1, 2, 3].map((gate) => gates[row * 4 * H + gate * H + j]);
      const dh = dOutput[row * H + j];
      const dN = dh * (1 - z) * (1 - n ** 2);
      const dR = dN * recurrent * r * (1 - r);
      const dZ = dh * (h[row * H + j] - n) * z * (1 - z);
      [dR, dZ, dN].forEach((d, gate) => {
        addGateGradient(d, weightIh, gate * H + j, x, row * I, I, ofInput);
      });
      [dR, dZ, dN * r].forEach((d, gate) => {
        addGateGradient(d, weightHh, gate * H + j, h, row * H, H, ofState, (row - B) * H);
      });
      if (row >= B) dOutput[(row - B) * H + j] += dh * z;
    }
  }
  return { dX, gradients };
}
