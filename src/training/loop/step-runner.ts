import type { Batch, OptimizerUpdate, StepResult, TrainableNetwork } from '../../engine/index.ts';
import { RandomGenerator } from '../../model/index.ts';
import type { Model, Optimizer } from '../../model/index.ts';
import type { Streams } from '../data/batch-streams.ts';
import type { StepPriors } from '../data/priors/step-priors.ts';
import type { TrainingOptions } from '../options.ts';
import { DropoutMasks } from '../data/dropout.ts';
import type { TrainingState } from './training-state.ts';

/** The optimisers with the constants of torch.optim. */
const OPTIMIZER_UPDATES: Readonly<Record<Optimizer, OptimizerUpdate>> = {
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  rmsprop: { kind: 'rmsprop', alpha: 0.99, epsilon: 1e-8 },
  adagrad: { kind: 'adagrad', epsilon: 1e-10 },
  sgd: { kind: 'sgd' },
};

/**
 * Part of the learning rate with which a model that began with the base network is trained: more of it unlearns what the
 * base knows, and costs bits on files that are held out.
 */
const BASE_RATE_FACTOR = 0.15;

/** A step that was taken. */
export interface Step extends Pick<StepResult, 'loss' | 'gradientNorm'> {
  /** The mean loss before the update, in nats per symbol; with priors that of the joint output layer. */
  readonly loss: number;
  /** Whether a network that is trained jointly learnt by itself. */
  readonly isAlone: boolean;
  /** False when a loss or the gradient is not finite: the training has diverged. */
  readonly isFinite: boolean;
  /** Symbols of its window. */
  readonly characters: number;
  readonly seconds: number;
}

/** Takes optimiser steps over the windows of the streams, epoch after epoch, and counts them. */
export class StepRunner {
  private readonly network: TrainableNetwork;
  private readonly streams: Streams;
  private readonly priors: StepPriors | undefined;
  private readonly options: TrainingOptions;
  private readonly masks: DropoutMasks;
  private readonly random: RandomGenerator;
  private counts: Omit<TrainingState, 'random' | 'history'>;

  /**
   * @param network with the weights, moments and carried state that `state` belongs to.
   * @param priors of the files in `streams`, for a network with a prior.
   */
  constructor(
    network: TrainableNetwork,
    streams: Streams,
    priors: StepPriors | undefined,
    options: TrainingOptions,
    { random, history: _, ...counts }: TrainingState,
  ) {
    this.network = network;
    this.streams = streams;
    this.priors = priors;
    this.options = options;
    this.masks = new DropoutMasks(network.specification, streams.batchSize, streams.sequenceLength);
    this.random = RandomGenerator.fromState(random);
    this.counts = counts;
  }

  /** How far the training is. */
  get state(): Omit<TrainingState, 'history'> {
    return { ...this.counts, random: this.random.state };
  }

  /** Epochs done, with their fraction. */
  get epochs(): number {
    return this.counts.epoch + this.counts.windowsDone / this.streams.windows;
  }

  /** Of the present epoch, before it falls at the end of a run; see `rateFactor`. */
  get learningRate(): number {
    const { learningRate, learningRateDecay } = this.options;
    const { epoch, firstEpoch, isFromBase } = this.counts;
    return learningRate * (isFromBase ? BASE_RATE_FACTOR : 1) * learningRateDecay ** (epoch - firstEpoch);
  }

  /** Whether the next step is one that a network trained jointly takes by itself. */
  get isAlone(): boolean {
    return this.priors?.isMissing(this.counts.step) ?? false;
  }

  /** Copies of what the network holds. */
  get tensors(): Pick<Model, 'weights' | 'optimizer' | 'state'> {
    return {
      weights: this.network.weights(),
      optimizer: this.network.optimizerState(),
      state: this.network.state(),
    };
  }

  /** Waits until the next step may be taken; false when aborted meanwhile. */
  async isReady(signal: AbortSignal): Promise<boolean> {
    try {
      await this.priors?.ready(this.counts, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  /**
   * Takes a step over the next window, which must be ready. When a loss or its gradient is not finite nothing counts as
   * done, and the carried state is of no use any more.
   * @param learningRate that of the present epoch, or less at the end of a run.
   */
  takeStep(learningRate: number): Step {
    const begin = performance.now();
    const window = this.window();
    const dropoutMasks = this.masks.draw(window.sequenceLength, this.random);
    const {
      loss,
      jointLoss = loss,
      gradientNorm,
    } = this.network.trainStep(dropoutMasks ? { ...window, dropoutMasks } : window, {
      optimizer: OPTIMIZER_UPDATES[this.options.optimizer],
      learningRate,
      clipNorm: this.options.clipNorm,
    });
    const step = {
      loss: jointLoss,
      gradientNorm,
      isAlone: this.isAlone,
      isFinite: Number.isFinite(loss + jointLoss + gradientNorm),
      characters: window.inputs.length,
      seconds: (performance.now() - begin) / 1000,
    };
    if (step.isFinite) this.count(step);
    return step;
  }

  /** The loss of the next window, which must be ready, in nats per symbol; the joint one if there is one. It changes nothing. */
  nextLoss(): number {
    const state = this.network.state();
    const alone = this.network.evaluate(this.window());
    this.network.setState(state);
    return alone.count === 0 ? 0 : (alone.joint ?? alone).loss / alone.count;
  }

  private count({ characters, seconds }: Step): void {
    const { counts } = this;
    const epochEnds = counts.windowsDone + 1 === this.streams.windows;
    this.counts = {
      ...counts,
      step: counts.step + 1,
      epoch: counts.epoch + (epochEnds ? 1 : 0),
      windowsDone: epochEnds ? 0 : counts.windowsDone + 1,
      characters: counts.characters + characters,
      seconds: counts.seconds + seconds,
    };
    if (epochEnds) this.network.resetState();
  }

  private window(): Batch {
    return this.priors?.window(this.counts) ?? this.streams.window(this.counts.windowsDone);
  }
}
