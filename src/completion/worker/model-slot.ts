import type { Network } from './load-network.ts';
import type { ModelSource } from './protocol.ts';

export interface ModelSlotContext {
  loadNetwork(model: ModelSource): Promise<Network>;
  /** Called with the network that is used from now on; undefined once the model was unloaded. */
  onChange(network: Network | undefined): void;
  /** Called when a model could not be loaded; the one in use, if any, stays. */
  onError(error: unknown): void;
}

/** A network that is not disposed of before `release`, even when another one replaces it. */
export interface BorrowedNetwork {
  readonly network: Network;
  release(): void;
}

/** Holds the network that suggestions come from: the newest model wanted that could be loaded. */
export class ModelSlot {
  private readonly context: ModelSlotContext;
  private inUse: Network | undefined;
  private wanted: ModelSource | undefined;
  private isLoading = false;
  /** The loading under way, or the last. */
  private loading: Promise<void> = Promise.resolve();
  private readonly borrowers = new Map<Network, number>();

  constructor(context: ModelSlotContext) {
    this.context = context;
  }

  get network(): Network | undefined {
    return this.inUse;
  }

  /** Settles when the wanted model is in use, or could not be loaded. */
  get whenLoaded(): Promise<void> {
    return this.loading;
  }

  /** Loads a model unless it is wanted already. Of several models wanted while one is loaded, only the last is loaded. */
  set(model: ModelSource | undefined): void {
    const { wanted } = this;
    if (model?.path === wanted?.path && model?.version === wanted?.version) return;
    this.wanted = model;
    if (model === undefined) this.use(undefined);
    else if (!this.isLoading) this.loading = this.load();
  }

  /** The network in use; undefined where there is none. */
  borrow(): BorrowedNetwork | undefined {
    const network = this.inUse;
    if (!network) return undefined;
    this.borrowers.set(network, (this.borrowers.get(network) ?? 0) + 1);
    return { network, release: () => this.release(network) };
  }

  private async load(): Promise<void> {
    this.isLoading = true;
    let last: ModelSource | undefined;
    while (this.wanted !== undefined && this.wanted !== last) {
      last = this.wanted;
      try {
        const network = await this.context.loadNetwork(last);
        if (this.hasWanted()) this.use(network);
        else dispose(network);
      } catch (error) {
        if (this.hasWanted()) this.context.onError(error);
      }
    }
    this.isLoading = false;
  }

  /** A method because the compiler would assume that the field has not changed while the model was loaded. */
  private hasWanted(): boolean {
    return this.wanted !== undefined;
  }

  private use(network: Network | undefined): void {
    const former = this.inUse;
    this.inUse = network;
    this.context.onChange(network);
    if (former && !this.borrowers.has(former)) dispose(former);
  }

  private release(network: Network): void {
    const left = (this.borrowers.get(network) ?? 0) - 1;
    if (left > 0) {
      this.borrowers.set(network, left);
      return;
    }
    this.borrowers.delete(network);
    if (network !== this.inUse) dispose(network);
  }
}

function dispose({ stepper, output }: Network): void {
  stepper.dispose();
  output?.dispose();
}
