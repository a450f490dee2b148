import { stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import type { Stepper } from '../engine.ts';
import { checkFeed } from '../feed.ts';
import { biasScaleOf } from '../bias-scale.ts';
import type { TensorFlowBinding, TensorId } from './runtime/binding.ts';
import { decode, runLayers } from './layers/forward.ts';
import type { LayerState } from './layers/layer.ts';
import { Operations } from './operations/operations.ts';
import { ParameterLayout } from './layers/parameter-layout.ts';
import { parametersFrom } from './layers/parameters.ts';
import type { Parameters } from './layers/parameters.ts';

/** Symbols per operation at the most; a power of two. */
const MAX_CHUNK = 1024;

/** A network that reads one stream. Its state is h [L, H], then c [L, H] of an LSTM. */
export class TensorFlowStepper implements Stepper {
  readonly specification: NetworkSpecification;
  readonly stateSize: number;
  readonly biasScale: Stepper['biasScale'];
  private readonly operations: Operations;
  private readonly parameters: Parameters;

  constructor(binding: TensorFlowBinding, specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    this.stateSize = stateNames(specification.cell).length * specification.layers * specification.units;
    this.biasScale = biasScaleOf(specification, weights);
    this.operations = new Operations(binding);
    const layout = new ParameterLayout(specification);
    const vector = this.operations.floats([layout.size], layout.toVector(weights));
    this.parameters = parametersFrom(this.operations, specification, layout, vector);
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits?: Float32Array): void {
    const { operations, parameters, specification } = this;
    checkFeed(this, symbols, state, logits);
    operations.scope(() => {
      let layers = this.loadState(state);
      for (let done = 0; done < symbols.length;) {
        const length = chunkLength(symbols.length - done);
        const chunk = Int32Array.from({ length }, (_, i) => symbols[done + i]);
        const inputs = operations.integers([length], chunk);
        const window = { length, streams: 1, inputs, masks: [] };
        layers = runLayers(operations, specification, parameters, layers, window).state;
        done += length;
      }
      this.storeState(layers, state);
      logits?.set(operations.read(decode(operations, parameters.decoder, layers[layers.length - 1].h)));
    });
  }

  dispose(): void {
    this.operations.dispose();
  }

  private loadState(state: Float32Array): readonly LayerState[] {
    const { cell, layers, units } = this.specification;
    const part = (index: number): TensorId =>
      this.operations.floats([1, units], state.slice(index * units, (index + 1) * units));
    const hasCells = stateNames(cell).includes('c');
    return Array.from({ length: layers }, (_, l) => ({
      h: part(l),
      ...(hasCells ? { c: part(layers + l) } : {}),
    }));
  }

  private storeState(layers: readonly LayerState[], state: Float32Array): void {
    const { units } = this.specification;
    layers.forEach(({ h, c }, l) => {
      state.set(this.operations.read(h), l * units);
      if (c !== undefined) state.set(this.operations.read(c), (layers.length + l) * units);
    });
  }
}

/** The largest power of two up to `left`. TensorFlow keeps memory for each window length, so there should be few. */
function chunkLength(left: number): number {
  return Math.min(MAX_CHUNK, 2 ** Math.floor(Math.log2(left)));
}
