import { sigmoid } from './cell.ts';
import type { CellBackward, CellParameters, CellSizes, CellTrace } from './cell.ts';

/**
 * i, f, o = σ(W_ih x + b_ih + W_hh h + b_hh), g = tanh(likewise), c' = f c + i g, h' = o tanh(c'), as in
 * torch.nn.LSTM.
 * @param x [T, B, I]. @param h0, c0 [B, H].
 */
export function lstmForward(
  x: Float64Array,
  h0: Float64Array,
  c0: Float64Array,
  parameters: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellTrace {
  const { weightIh, weightHh, biasIh, biasHh } = parameters;
  const gates = new Float64Array(T * B * 4 * H);
  const h = new Float64Array((T + 1) * B * H);
  const c = new Float64Array((T + 1) * B * H);
  h.set(h0);
  c.set(c0);
  for (let row = 0; row < T * B; row++) {
    for (let g = 0; g < 4 * H; g++) {
      let sum = biasIh[g] + biasHh[g];
      for (let k = 0; k < I; k++) sum += weightIh[g * I + k] * x[row * I + k];
      for (let k = 0; k < H; k++) sum += weightHh[g * H + k] * h[row * H + k];
      gates[row * 4 * H + g] = g >= 2 * H && g < 3 * H ? Math.tanh(sum) : sigmoid(sum);
    }
    for (let j = 0; j < H; j++) {
      const at = row * 4 * H + j;
      const [i, f, g, o] = [gates[at], gates[at + H], gates[at + 2 * H], gates[at + 3 * H]];
      const next = (row + B) * H + j;
      c[next] = f * c[row * H + j] + i * g;
      h[next] = o * Math.tanh(c[next]);
    }
  }
  return { gates, h, c };
}

/**
 * The gradient of `lstmForward`, truncated: none flows into h0 and c0.
 * @param dH [T, B, H] gradient of the outputs, left as it is.
 */
export function lstmBackward(
  x: Float64Array,
  dH: Float64Array,
  trace: CellTrace,
  parameters: CellParameters,
  { length: T, batch: B, inputs: I, units: H }: CellSizes,
): CellBackward {
  const { gates, h, c } = trace;
  const { weightIh, weightHh } = parameters;
  const dX = new Float64Array(T * B * I);
  const dOutput = dH.slice();
  const dCell = new Float64Array(B * H);
  const gradients = {
    weightIh: new Float64Array(4 * H * I),
    weightHh: new Float64Array(4 * H * H),
    biasIh: new Float64Array(4 * H),
    biasHh: new Float64Array(4 * H),
  };
  const dSum = new Float64Array(4 * H);
  for (let row = T * B - 1; row >= 0; row--) {
    for (let j = 0; j < H; j++) {
      const at = row * 4 * H + j;
      const [i, f, g, o] = [gates[at], gates[at + H], gates[at + 2 * H], gates[at + 3 * H]];
      const cellTanh = Math.tanh(c[(row + B) * H + j]);
      const dh = dOutput[row * H + j];
      const stream = (row % B) * H + j;
      const dc = dCell[stream] + dh * o * (1 - cellTanh ** 2);
      dSum[j] = dc * g * i * (1 - i);
      dSum[j + H] = dc * c[row * H + j] * f * (1 - f);
      dSum[j + 2 * H] = dc * i * (1 - g ** 2);
      dSum[j + 3 * H] = dh * cellTanh * o * (1 - o);
      dCell[stream] = dc * f;
    }
    for (let g = 0; g < 4 * H; g++) {
      const d = dSum[g];
      gradients.biasIh[g] += d;
      gradients.biasHh[g] += d;
      for (let k = 0; k < I; k++) {
        gradients.weightIh[g * I + k] += d * x[row * I + k];
        dX[row * I + k] += d * weightIh[g * I + k];
      }
      for (let k = 0; k < H; k++) {
        gradients.weightHh[g * H + k] += d * h[row * H + k];
        if (row >= B) dOutput[(row - B) * H + k] += d * weightHh[g * H + k];
      }
    }
  }
  return { dX, gradients };
}
