import { momentNames, optimizerOf, stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Optimizer, OptimizerState, Tensors } from '../../model/index.ts';
import { checkBatch } from '../batch.ts';
import type { BatchLimits } from '../engine.ts';
import type { Batch, Evaluation, Gradients, InspectableNetwork, StepResult, Update } from '../engine.ts';
import { CommandBlock, MAX_THREADS } from './command-block.ts';
import type { Command } from './command-block.ts';
import { assignTableRows } from './training/input-table.ts';
import { ThreadPool } from './training/thread-pool.ts';
import type { Workspace } from './training/workspace.ts';
import { createArena } from './arena.ts';
import { planNetwork } from './layout/memory-plan.ts';

/** Everything that `dispose` releases. */
interface Resources extends Workspace {
  readonly commands: CommandBlock;
  readonly pool: ThreadPool;
}

/** What a command needs to know of the batch in the memory. */
type LoadedBatch = Pick<Command, 'counted' | 'tableRows'>;

/** A network in training. It has a memory of its own, which its threads share. */
export class WasmNetwork implements InspectableNetwork {
  readonly specification: NetworkSpecification;
  readonly batchSize: number;
  private readonly limits: BatchLimits;
  private resources: Resources | undefined;
  private optimizer: Optimizer = 'adam';
  private optimizerSteps = 0;

  private constructor(limits: BatchLimits, resources: Resources) {
    this.specification = resources.specification;
    this.batchSize = limits.batchSize;
    this.limits = limits;
    this.resources = resources;
  }

  /** @param threads the largest number; a batch of fewer streams has fewer threads. */
  static async create(
    module: WebAssembly.Module,
    specification: NetworkSpecification,
    { batchSize, sequenceLength }: BatchLimits,
    threads: number,
  ): Promise<WasmNetwork> {
    const limits = { batchSize, sequenceLength };
    const plan = planNetwork(specification, limits, Math.min(threads, batchSize, MAX_THREADS));
    const arena = createArena(module, plan.size, 'training');
    const workspace: Workspace = { specification, plan, arena, thread: 0 };
    const commands = new CommandBlock(arena.memory.buffer, plan.commandBlock, plan.shards.length);
    const pool = await ThreadPool.start(workspace, commands, limits);
    return new WasmNetwork(limits, { ...workspace, commands, pool });
  }

  setWeights(weights: Tensors): void {
    const { plan } = this.workspace;
    plan.parameters.storeWeights(weights, this.region(plan.weights));
  }

  weights(): Tensors {
    const tensors = new Map<string, Float32Array>();
    const { plan } = this.workspace;
    plan.parameters.load(this.region(plan.weights), '', tensors);
    return tensors;
  }

  setOptimizerState({ steps, moments }: OptimizerState): void {
    const { plan } = this.workspace;
    const optimizer = optimizerOf(moments);
    const regions = [plan.firstMoments, plan.secondMoments];
    momentNames(optimizer).forEach((name, i) => {
      plan.parameters.store(moments, `${name}.`, this.region(regions[i]));
    });
    this.optimizer = optimizer;
    this.optimizerSteps = steps;
  }

  optimizerState(): OptimizerState {
    const { plan } = this.workspace;
    const moments = new Map<string, Float32Array>();
    const regions = [plan.firstMoments, plan.secondMoments];
    momentNames(this.optimizer).forEach((name, i) => {
      plan.parameters.load(this.region(regions[i]), `${name}.`, moments);
    });
    return { steps: this.optimizerSteps, moments };
  }

  setState(state: Tensors): void {
    this.resetState();
    const { units } = this.specification;
    const size = this.specification.layers * this.batchSize * units;
    for (const name of stateNames(this.specification.cell)) {
      const source = state.get(name);
      if (source?.length !== size) {
        throw new RangeError(`state ${name} has ${source?.length ?? 0} values instead of ${size}`);
      }
      this.eachStream(name, (plain, stored) => stored.set(source.subarray(plain, plain + units)));
    }
  }

  state(): Tensors {
    const { units, layers } = this.specification;
    const tensors = new Map<string, Float32Array>();
    for (const name of stateNames(this.specification.cell)) {
      const values = new Float32Array(layers * this.batchSize * units);
      this.eachStream(name, (plain, stored) => values.set(stored.subarray(0, units), plain));
      tensors.set(name, values);
    }
    return tensors;
  }

  resetState(): void {
    for (const name of stateNames(this.specification.cell))
      this.eachStream(name, (_, stored) => stored.fill(0));
  }

  trainStep(batch: Batch, update: Update): StepResult {
    const loaded = this.loadBatch(batch);
    const { commands, plan } = this.workspace;
    if (update.optimizer.kind !== this.optimizer) {
      this.optimizer = update.optimizer.kind;
      for (const region of [plan.firstMoments, plan.secondMoments]) this.region(region).fill(0);
      this.optimizerSteps = 0;
    }
    commands.setUpdate(update, this.optimizerSteps + 1);
    const losses = this.run('train', batch, loaded);
    const result = { ...losses, gradientNorm: Math.sqrt(commands.total.sumOfSquares) };
    if (Object.values(result).every(Number.isFinite)) this.optimizerSteps++;
    return result;
  }

  gradients(batch: Batch): Gradients {
    const losses = this.run('gradients', batch, this.loadBatch(batch));
    const { plan } = this.workspace;
    const gradients = new Map<string, Float32Array>();
    plan.parameters.load(this.region(plan.shards[0].gradients), '', gradients);
    return { ...losses, gradients };
  }

  evaluate(batch: Batch): Evaluation {
    const loaded = this.loadBatch(batch);
    this.run('evaluate', batch, loaded);
    const { loss, correct, jointLoss, jointCorrect } = this.workspace.commands.total;
    const joint = { loss: jointLoss, correct: jointCorrect };
    return { loss, count: loaded.counted, correct, ...(batch.logitBias && { joint }) };
  }

  logits(batch: Batch): Float32Array {
    this.run('forward', batch, this.loadBatch(batch));
    const { plan, arena } = this.workspace;
    const { vocabularySize } = this.specification;
    const values = new Float32Array(batch.inputs.length * vocabularySize);
    for (const shard of plan.shards) {
      const logits = (batch.logitBias && shard.logitBias?.jointLogits) ?? shard.logits;
      for (let t = 0; t < batch.sequenceLength; t++) {
        for (let b = 0; b < shard.batchSize; b++) {
          const from = logits / 4 + (t * shard.batchSize + b) * plan.symbols;
          const row = arena.floats.subarray(from, from + vocabularySize);
          values.set(row, (t * this.batchSize + shard.firstStream + b) * vocabularySize);
        }
      }
    }
    return values;
  }

  dispose(): void {
    this.resources?.pool.end();
    this.resources = undefined;
  }

  private get workspace(): Resources {
    if (this.resources === undefined) throw new Error('the network was disposed of');
    return this.resources;
  }

  /** Has all threads execute a command. @returns the mean losses, where it computes them. */
  private run(
    kind: Command['kind'],
    batch: Batch,
    loaded: LoadedBatch,
  ): Pick<StepResult, 'loss' | 'jointLoss'> {
    const { counted } = loaded;
    const { pool, commands } = this.workspace;
    pool.run({
      kind,
      length: batch.sequenceLength,
      ...loaded,
      dropout: batch.dropoutMasks !== undefined,
      biasEntries: batch.logitBias?.entries ?? 0,
    });
    const { loss, jointLoss } = commands.total;
    const mean = (sum: number) => (counted === 0 ? 0 : sum / counted);
    return {
      loss: mean(loss),
      ...(batch.logitBias && { jointLoss: mean(jointLoss) }),
    };
  }

  /** Checks a batch and copies each shard's streams into it. */
  private loadBatch(batch: Batch): LoadedBatch {
    const { plan, arena } = this.workspace;
    const counted = checkBatch(this.specification, this.limits, batch);
    const { units } = this.specification;
    const { logitBias } = batch;
    const { inputRows, tableRows } = assignTableRows(this.workspace, batch.inputs);
    for (const shard of plan.shards) {
      for (let t = 0; t < batch.sequenceLength; t++) {
        const from = t * this.batchSize + shard.firstStream;
        const end = from + shard.batchSize;
        const to = t * shard.batchSize;
        if (logitBias && shard.logitBias) {
          const { entries: K, symbols, values } = logitBias;
          arena.integers.set(symbols.subarray(from * K, end * K), shard.logitBias.symbols / 4 + to * K);
          arena.floats.set(values.subarray(from * K, end * K), shard.logitBias.values / 4 + to * K);
        }
        // One by one: views of so few values take longer to make than to copy.
        for (let b = 0; b < shard.batchSize; b++) {
          arena.integers[shard.inputs / 4 + to + b] = inputRows[from + b];
          arena.integers[shard.targets / 4 + to + b] = batch.targets[from + b];
        }
        batch.dropoutMasks?.forEach((mask, boundary) => {
          const target = shard.layers[boundary + 1]?.dropout?.mask ?? 0;
          for (let row = 0; row < shard.batchSize; row++) {
            const values = mask.subarray((from + row) * units, (from + row + 1) * units);
            arena.floats.set(values, target / 4 + (to + row) * plan.units);
          }
        });
      }
    }
    return { counted, tableRows };
  }

  /** A view of a region of all parameters. @param start byte offset of the region. */
  private region(start: number): Float32Array {
    const { plan, arena } = this.workspace;
    return arena.floats.subarray(start / 4, start / 4 + plan.parameters.floats);
  }

  /** Calls `visit` for each layer and stream with its index in [L, B, H] and its padded units in the carried state. */
  private eachStream(name: 'h' | 'c', visit: (plain: number, stored: Float32Array) => void): void {
    const { plan, arena } = this.workspace;
    const { units, layers } = this.specification;
    for (const shard of plan.shards) {
      const start = (name === 'h' ? shard.carriedOutputs : shard.carriedCells) / 4;
      for (let layer = 0; layer < layers; layer++) {
        for (let b = 0; b < shard.batchSize; b++) {
          const stored = start + (layer * shard.batchSize + b) * plan.units;
          const plain = (layer * this.batchSize + shard.firstStream + b) * units;
          visit(plain, arena.floats.subarray(stored, stored + plan.units));
        }
      }
    }
  }
}
