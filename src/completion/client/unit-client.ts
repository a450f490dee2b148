import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import type { WorkerRpc } from '../../common/rpc/worker-rpc.ts';
import type { FoundUnits } from '../units/find-units.ts';
import type { UnitLine, UnitToRead } from '../units/unit-document.ts';
import type { ModelSummary, SuggestionProtocol } from '../worker/protocol.ts';
import { unlessAborted } from './unless-aborted.ts';
import type { WorkerStatus } from './worker-status.ts';

/** Asks the suggestion worker what units of the loaded network hold. */
export class UnitClient {
  private readonly worker: Pick<WorkerRpc<SuggestionProtocol>, 'request' | 'notify' | 'isOn'>;
  private readonly status: () => WorkerStatus;

  constructor(
    worker: Pick<WorkerRpc<SuggestionProtocol>, 'request' | 'notify' | 'isOn'>,
    status: () => WorkerStatus,
  ) {
    this.worker = worker;
    this.status = status;
  }

  /** The loaded network; undefined where there is none, or one that was never trained. */
  get network(): ModelSummary | undefined {
    const status = this.status();
    return status.kind === 'ready' && status.summary.isTrained ? status.summary : undefined;
  }

  /** @throws UserFacingError where there is no network to look into; its code is `no-model` where none was trained. */
  requireNetwork(): ModelSummary {
    if (this.network) return this.network;
    const status = this.status();
    if (status.kind === 'failed') throw new UserFacingError(status.sentence);
    if (status.kind === 'loading') {
      throw new UserFacingError(message`The network is still being loaded; try again in a moment.`);
    }
    throw new UserFacingError(
      message`There is no network to look into, because none was trained here and charRnn.suggestions.beforeTraining or charRnn.suggestions.enabled is off; train one first, or turn them on.`,
      { code: 'no-model' },
    );
  }

  /**
   * Finds units that follow what a person can name; takes seconds the first time for each model file. While no file is
   * known yet, waits for those that are being read.
   * @returns undefined when aborted
   * @throws an error when there is no network, or the worker ends.
   */
  async find(signal: AbortSignal): Promise<FoundUnits | undefined> {
    return unlessAborted(this.findWithFiles(signal), signal);
  }

  private async findWithFiles(signal: AbortSignal): Promise<FoundUnits | undefined> {
    const found = await this.worker.request('findUnits', undefined, { signal });
    if (found === undefined || found.characters > 0) return found;
    await this.worker.request('settle', undefined, { signal });
    return this.worker.request('findUnits', undefined, { signal });
  }

  /**
   * Streams what a unit holds in lines; resolves at the end, or when aborted.
   * @throws an error when there is no network, or the worker ends.
   */
  async read(
    request: UnitToRead,
    onLines: (lines: readonly UnitLine[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await unlessAborted(this.worker.request('readUnit', request, { signal, onPart: onLines }), signal);
  }

  /** Drops what the worker keeps for documents in which a unit was shown. */
  end(): void {
    if (this.worker.isOn) this.worker.notify({ type: 'endUnits' });
  }
}
