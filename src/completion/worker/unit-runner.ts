import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import { findUnits, type FoundUnits } from '../units/find-units.ts';
import { UnitDocument, type UnitLine, type UnitToRead } from '../units/unit-document.ts';
import { noSuchUnitError, unitCount } from '../units/unit-reader.ts';
import type { Network } from './load-network.ts';
import type { BorrowedNetwork } from './model-slot.ts';
import type { FindUnitsMessage, FromSuggestionWorker, ReadUnitMessage } from './protocol.ts';
import { SlicedRequests } from './sliced-requests.ts';

export interface UnitRunnerContext {
  borrowNetwork(): BorrowedNetwork | undefined;
  /** Learnt texts by file; undefined while no workspace is read. */
  texts(): ReadonlyMap<string, string | undefined> | undefined;
  post(message: FromSuggestionWorker): void;
}

/** Documents of which what was read is kept. */
const MAX_DOCUMENTS = 4;

/** Says what units of the network hold in documents, and finds those that have a name; see `SlicedRequests`. */
export class UnitRunner {
  private readonly context: UnitRunnerContext;
  /** What was read with a network, by document, in the order of their last use. */
  private documents = new WeakMap<Network, Map<string, UnitDocument>>();
  /** What was found of a network, since that takes seconds. */
  private readonly found = new WeakMap<Network, FoundUnits>();
  private readonly requests: SlicedRequests<UnitLine>;

  constructor(context: UnitRunnerContext) {
    this.context = context;
    this.requests = new SlicedRequests((message) => context.post(message));
  }

  /** Whether `step` would do anything. */
  get hasWork(): boolean {
    return this.requests.hasWork;
  }

  /** Begins to read or to find; an older request for the same document ends. */
  start(request: ReadUnitMessage | FindUnitsMessage): void {
    const { id } = request;
    const document = request.method === 'readUnit' ? request.params.document : undefined;
    const borrowed = this.context.borrowNetwork();
    if (!borrowed) {
      if (document !== undefined) this.requests.endFor(document);
      const error = new UserFacingError(
        message`No unit can be shown because no network is loaded; train one first.`,
      );
      this.context.post({ type: 'failure', id, ...failureOf(error) });
      return;
    }
    const { network } = borrowed;
    const parts = request.method === 'readUnit' ? this.read(network, request.params) : this.find(network);
    this.requests.start(id, { document, parts, onEnd: () => borrowed.release() });
  }

  /** Ends a request early; does nothing where it ended by itself. */
  cancel(id: number): void {
    this.requests.cancel(id);
  }

  step(): void {
    this.requests.step();
  }

  /** Ends all readings and drops what is kept of documents; what was found of a network stays. */
  clear(): void {
    this.requests.cancelDocuments();
    this.documents = new WeakMap();
  }

  private *read(network: Network, request: UnitToRead): Generator<UnitLine | undefined, undefined, void> {
    if (request.unit >= unitCount(network.stepper.specification)) {
      throw noSuchUnitError();
    }
    yield* this.use(request.document, network).read(request);
    return undefined;
  }

  private *find(network: Network): Generator<undefined, FoundUnits, void> {
    const known = this.found.get(network);
    if (known) return known;
    const found = yield* findUnits(network, this.context.texts() ?? new Map<string, string>());
    // Without files nothing was looked for.
    if (found.characters > 0) this.found.set(network, found);
    return found;
  }

  private use(name: string, network: Network): UnitDocument {
    const ofNetwork = this.documents.get(network) ?? new Map<string, UnitDocument>();
    this.documents.set(network, ofNetwork);
    const document = ofNetwork.get(name) ?? new UnitDocument(network);
    ofNetwork.delete(name);
    ofNetwork.set(name, document);
    if (ofNetwork.size > MAX_DOCUMENTS) ofNetwork.delete(ofNetwork.keys().next().value!);
    return document;
  }
}
