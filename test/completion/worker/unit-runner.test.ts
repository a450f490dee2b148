import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { englishText } from '../../../src/common/localization/message.ts';
import type { Network } from '../../../src/completion/worker/load-network.ts';
import type { FromSuggestionWorker } from '../../../src/completion/worker/protocol.ts';
import { UnitRunner } from '../../../src/completion/worker/unit-runner.ts';
import { LAYERS, smallNetwork, UNITS } from '../units/network.ts';
import { linesIn, repliesIn } from './posted.ts';

const text = 'const index = read("list");\n'.repeat(30);

let network: Network;
let loaded: Network | undefined;
let texts: ReadonlyMap<string, string> | undefined;
let lent: number;
let posted: FromSuggestionWorker[];
let runner: UnitRunner;

beforeAll(async () => {
  const summary = { layers: LAYERS, units: UNITS } as Network['summary'];
  network = { ...(await smallNetwork()), summary };
});

beforeEach(() => {
  [loaded, texts, lent, posted] = [network, new Map([['/w/a.ts', text]]), 0, []];
  runner = new UnitRunner({
    borrowNetwork: () => {
      if (!loaded) return undefined;
      lent++;
      return { network: loaded, release: () => void lent-- };
    },
    texts: () => texts,
    post: (message) => posted.push(message),
  });
});

function readUnit(id: number, document = '/w/a.ts', unit = 0): void {
  const params = { document, text, lines: [{ from: 0, to: 30 }], unit };
  runner.start({ type: 'request', id, method: 'readUnit', params });
}

const find = (id: number) => runner.start({ type: 'request', id, method: 'findUnits', params: undefined });

function finish(): void {
  while (runner.hasWork) runner.step();
}

const replies = () => repliesIn(posted);
const linesOf = (id: number) => linesIn(posted, id);

describe('UnitRunner', () => {
  it('streams the lines and then replies, with the network borrowed meanwhile', () => {
    readUnit(1);
    expect(lent).toBe(1);
    finish();
    expect(linesOf(1).map(({ line }) => line)).toEqual(Array.from({ length: 30 }, (_, line) => line));
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
    expect(lent).toBe(0);
  });

  it('ends an older request for the same document, and reads before it finds', () => {
    find(1);
    readUnit(2);
    readUnit(3, '/w/b.ts');
    readUnit(4);
    expect(replies()).toEqual([2]);
    finish();
    expect(replies()).toEqual([2, 4, 3, 1]);
  });

  it('goes on with a document whose reading was cancelled', () => {
    readUnit(1);
    runner.step();
    runner.cancel(1);
    runner.cancel(1);
    expect([runner.hasWork, lent, replies()]).toEqual([false, 0, [1]]);
    readUnit(2);
    finish();
    expect(linesOf(2).length).toBe(30);
  });

  it('says what it found, and finds it once for each network', () => {
    find(1);
    finish();
    const [first] = posted;
    expect(first).toMatchObject({ type: 'reply', id: 1, result: { characters: text.length } });
    texts = new Map();
    find(2);
    finish();
    expect(posted.at(-1)).toEqual({ ...first, id: 2 });
    loaded = { ...network };
    find(3);
    finish();
    expect(posted.at(-1)).toMatchObject({ id: 3, result: { characters: 0, units: [] } });
  });

  it('looks again where no file was known yet', () => {
    texts = undefined;
    find(1);
    finish();
    expect(posted.at(-1)).toMatchObject({ result: { characters: 0 } });
    texts = new Map([['/w/a.ts', text]]);
    find(2);
    finish();
    expect(posted.at(-1)).toMatchObject({ result: { characters: text.length } });
  });

  it('says so where there is no network or no such unit', () => {
    loaded = undefined;
    readUnit(1);
    loaded = network;
    readUnit(2, '/w/a.ts', LAYERS * UNITS);
    finish();
    const failures = posted.flatMap((sent) => (sent.type === 'failure' ? [sent] : []));
    expect(posted).toHaveLength(2);
    expect(failures.map(({ id, sentence }) => ({ id, sentence: englishText(sentence) }))).toEqual([
      { id: 1, sentence: expect.stringContaining('no network is loaded') as string },
      { id: 2, sentence: expect.stringContaining('no such unit') as string },
    ]);
    expect(lent).toBe(0);
  });

  it('drops documents when no unit is shown any more', () => {
    readUnit(1);
    find(2);
    runner.clear();
    expect(replies()).toEqual([1]);
    finish();
    expect(replies()).toEqual([1, 2]);
  });
});
