import type { WorkerRpc } from '../../common/rpc/worker-rpc.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import type { DocumentToRate } from '../surprise/rated-document.ts';
import type { SuggestionProtocol } from '../worker/protocol.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Asks the suggestion worker how surprising lines are. */
export class SurpriseClient {
  private readonly worker: Pick<WorkerRpc<SuggestionProtocol>, 'request' | 'notify' | 'isOn'>;
  private readonly isRead: () => boolean;

  /** @param isRead whether a workspace is read */
  constructor(
    worker: Pick<WorkerRpc<SuggestionProtocol>, 'request' | 'notify' | 'isOn'>,
    isRead: () => boolean,
  ) {
    this.worker = worker;
    this.isRead = isRead;
  }

  /**
   * Streams how surprising lines are, none where no workspace is read; resolves at the end, or when aborted.
   * @throws an error when lines cannot be rated, or the worker ends.
   */
  async rate(
    document: DocumentToRate,
    onLines: (lines: readonly LineSurprise[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (!this.isRead() || signal.aborted) return;
    await unlessAborted(this.worker.request('surprise', document, { signal, onPart: onLines }), signal);
  }

  /** Drops what the worker keeps for documents whose surprise was shown. */
  end(): void {
    if (this.worker.isOn) this.worker.notify({ type: 'endSurprise' });
  }
}
