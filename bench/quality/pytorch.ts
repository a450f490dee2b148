import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialWeights, parameterShapes } from '../../src/model/index.ts';
import type { NetworkSpecification, Tensors } from '../../src/model/index.ts';
import type { TrainingOptions } from '../../src/training/index.ts';
import { Streams } from '../../src/training/parts.ts';
import { startLineProcess } from '../line-process.ts';
import type { LineProcess } from '../line-process.ts';
import type { Material } from './material.ts';
import type { Progress, Trainee } from './trainee.ts';

/** The same network from the same initial weights in PyTorch, on the same streams of the same text. */
export class PytorchTraining implements Trainee {
  readonly name: string;
  private readonly peer: LineProcess;
  private readonly specification: NetworkSpecification;
  private readonly folder: string;

  private constructor(name: string, peer: LineProcess, specification: NetworkSpecification, folder: string) {
    this.name = name;
    this.peer = peer;
    this.specification = specification;
    this.folder = folder;
  }

  /** @throws Error when that Python or its PyTorch does not start. */
  static async start(
    python: string,
    material: Material,
    specification: NetworkSpecification,
    options: TrainingOptions,
  ): Promise<PytorchTraining> {
    const folder = mkdtempSync(join(tmpdir(), 'char-rnn-bench-'));
    const streams = new Streams(material.symbols, options);
    const symbolsPath = join(folder, 'symbols');
    const weightsPath = join(folder, 'weights');
    writeFileSync(symbolsPath, Int32Array.from(material.symbols));
    writeFileSync(weightsPath, joined(specification, initialWeights(specification, options.seed)));
    const peer = await startLineProcess(python, ['bench/peers/pytorch_quality.py']);
    const { threads } = (await peer.ask({
      symbolsPath,
      weightsPath,
      startOfFile: 1,
      specification,
      parameters: [...parameterShapes(specification)],
      batchSize: streams.batchSize,
      sequenceLength: streams.sequenceLength,
      learningRate: options.learningRate,
      learningRateDecay: options.learningRateDecay,
      clipNorm: options.clipNorm,
      maxThreads: availableParallelism(),
    })) as { threads: number };
    const steps = `${streams.batchSize} x ${streams.sequenceLength} at ${options.learningRate}`;
    const name = `${peer.greeting}, ${steps}, ${threads} thread${threads === 1 ? '' : 's'}`;
    return new PytorchTraining(name, peer, specification, folder);
  }

  async trainUntil(until: number): Promise<Progress> {
    return (await this.peer.ask({ until })) as Progress;
  }

  async weights(): Promise<Tensors> {
    const path = join(this.folder, 'learnt');
    await this.peer.ask({ save: path });
    const bytes = readFileSync(path);
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const weights = new Map<string, Float32Array>();
    let start = 0;
    for (const [name, shape] of parameterShapes(this.specification)) {
      const end = start + shape.reduce((a, b) => a * b, 1);
      weights.set(name, values.slice(start, end));
      start = end;
    }
    return weights;
  }

  close(): void {
    this.peer.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** All parameters in one array, in the order of `parameterShapes`. */
function joined(specification: NetworkSpecification, weights: Tensors): Float32Array {
  const parts = [...parameterShapes(specification)].map(([name]) => weights.get(name) ?? []);
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    values.set(part, end);
    end += part.length;
  }
  return values;
}
