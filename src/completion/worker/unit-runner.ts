import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import { findUnits, type FoundUnits } from '../units/find-units.ts';
import { UnitDocument, type UnitLine, type UnitToRead } from '../units/unit-document.ts';
import { noSuchUnitError, unitCount } from '../units/unit-reader.ts';
import type { Network } from './load-network.ts';
import type { BorrowedNetwork } from './model-slot.ts';
import type { FindUnitsMessage, FromSuggestionWorker, ReadUnitMessage } from './protocol.ts';

export interface UnitRunnerContext {
  borrowNetwork(): BorrowedNetwork | undefined;
  /** Learnt texts by file; undefined while no workspace is read. */
  texts(): ReadonlyMap<string, string | undefined> | undefined;
  post(message: FromSuggestionWorker): void;
}

interface Reading {
  /** Undefined while units are found, which is in no document. */
  readonly document: string | undefined;
  readonly borrowed: BorrowedNetwork;
  readonly parts: Generator<UnitLine | undefined, FoundUnits | undefined, void>;
}

/** How long a step takes, so that a suggestion never waits longer for one. */
const STEP_MS = 4;
/** Documents of which what was read is kept. */
const MAX_DOCUMENTS = 4;

/** Says what units of the network hold in documents, a few milliseconds at a time, and finds those that have a name. */
export class UnitRunner {
  private readonly context: UnitRunnerContext;
  /** What was read with a network, by document, in the order of their last use. */
  private documents = new WeakMap<Network, Map<string, UnitDocument>>();
  /** What was found of a network, since that takes seconds. */
  private readonly found = new WeakMap<Network, FoundUnits>();
  /** By the ids of their requests, in order. */
  private readonly readings = new Map<number, Reading>();

  constructor(context: UnitRunnerContext) {
    this.context = context;
  }

  /** Whether `step` would do anything. */
  get hasWork(): boolean {
    return this.readings.size > 0;
  }

  /** Begins to read or to find; an older request for the same document ends. */
  start(request: ReadUnitMessage | FindUnitsMessage): void {
    const { id } = request;
    const document = request.method === 'readUnit' ? request.params.document : undefined;
    for (const [older, reading] of this.readings) {
      if (document !== undefined && reading.document === document) this.cancel(older);
    }
    const borrowed = this.context.borrowNetwork();
    if (!borrowed) {
      const error = new UserFacingError(
        message`No unit can be shown because no network is loaded; train one first.`,
      );
      this.context.post({ type: 'failure', id, ...failureOf(error) });
      return;
    }
    const { network } = borrowed;
    const parts = request.method === 'readUnit' ? this.read(network, request.params) : this.find(network);
    this.readings.set(id, { document, borrowed, parts });
  }

  /** Ends a request early; does nothing where it ended by itself. */
  cancel(id: number): void {
    if (this.readings.has(id)) this.end(id, { type: 'reply', id, result: undefined });
  }

  /** Goes on with the newest request for a document or, where there is none, with what is being found. */
  step(): void {
    const newestFirst = [...this.readings].reverse();
    const [id, { parts }] = newestFirst.find(([, { document }]) => document !== undefined) ?? newestFirst[0];
    const until = performance.now() + STEP_MS;
    const part: UnitLine[] = [];
    try {
      do {
        const { done, value } = parts.next();
        if (done) {
          if (part.length > 0) this.context.post({ type: 'part', id, part });
          this.end(id, { type: 'reply', id, result: value });
          return;
        }
        if (value) part.push(value);
      } while (performance.now() < until);
      if (part.length > 0) this.context.post({ type: 'part', id, part });
    } catch (error) {
      this.end(id, { type: 'failure', id, ...failureOf(error) });
    }
  }

  /** Ends all readings and drops what is kept of documents; what was found of a network stays. */
  clear(): void {
    for (const [id, { document }] of [...this.readings]) if (document !== undefined) this.cancel(id);
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

  private end(id: number, message: FromSuggestionWorker): void {
    const reading = this.readings.get(id);
    reading?.parts.return(undefined);
    reading?.borrowed.release();
    this.readings.delete(id);
    this.context.post(message);
  }
}
