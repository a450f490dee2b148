import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromSuggestionWorker } from '../../../src/completion/worker/protocol.ts';
import { SurpriseRunner, type KnownWorkspace } from '../../../src/completion/worker/surprise-runner.ts';
import { createContextModel, type ContextModel } from '../../../src/context-model/index.ts';
import { linesIn, repliesIn } from './posted.ts';

const text = 'const index = read(list);\n'.repeat(40);

/** A workspace with files by their names, which is also at `/link`. */
const knowing = (
  contextModel: ContextModel,
  files: Readonly<Record<string, string>> = {},
): KnownWorkspace => ({
  contextModel,
  texts: new Map(Object.entries(files)),
  nameOf: (document) => document.replace(/^\/link\//, '/w/'),
});

let model: ContextModel;
let workspace: KnownWorkspace | undefined;
let posted: FromSuggestionWorker[];
let runner: SurpriseRunner;

beforeEach(async () => {
  model = await createContextModel();
  workspace = knowing(model, { '/w/b.ts': text });
  posted = [];
  runner = new SurpriseRunner({ workspace: () => workspace, post: (message) => posted.push(message) });
});

afterEach(() => {
  runner.clear();
  model.dispose();
});

function start(id: number, document = '/w/a.ts', rated = text): void {
  const params = { document, text: rated, languageId: 'typescript', first: [] };
  runner.start({ type: 'request', id, method: 'surprise', params });
}

function finish(): void {
  while (runner.hasWork) runner.step();
}

const replies = () => repliesIn(posted);
const linesOf = (id: number) => linesIn(posted, id);

describe('SurpriseRunner', () => {
  it('streams every line and then replies', () => {
    start(1);
    finish();
    expect(linesOf(1).map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(posted.at(-1)).toEqual({ type: 'reply', id: 1, result: undefined });
  });

  it('ends an older request for the same document, and goes on with the newest one first', () => {
    start(1);
    runner.step();
    start(2, '/w/c.ts');
    start(3);
    expect(replies()).toEqual([1]);
    finish();
    expect(replies()).toEqual([1, 3, 2]);
  });

  it('goes on with a document after many others', () => {
    start(1, '/w/long.ts', text.repeat(10));
    while (linesOf(1).length === 0) runner.step();
    for (const id of [2, 3, 4, 5, 6]) {
      start(id, `/w/${id}.ts`);
      while (!replies().includes(id)) runner.step();
    }
    expect(replies()).not.toContain(1);
    finish();
    expect(posted.filter(({ type }) => type === 'failure')).toEqual([]);
    expect(linesOf(1).length).toBe(400);
  });

  it('ends a request that is cancelled', () => {
    start(1);
    runner.step();
    runner.cancel(1);
    runner.cancel(1);
    expect([runner.hasWork, replies()]).toEqual([false, [1]]);
  });

  it('says nothing of lines where no workspace is read', () => {
    workspace = undefined;
    start(1);
    finish();
    expect(posted).toEqual([{ type: 'reply', id: 1, result: undefined }]);
  });

  it('does not know a file as another one where the editor has another path for it', async () => {
    const changed = `${text}const zebra = quagga(okapi);\n`;
    model.learnFileNow('/w/a.ts', changed);
    workspace = knowing(model, { '/w/a.ts': changed });
    start(1, '/w/a.ts', changed);
    finish();
    runner.clear();
    await model.idle;
    start(2, '/link/a.ts', changed);
    finish();
    expect(linesOf(1).length).toBe(41);
    expect(linesOf(2)).toEqual(linesOf(1));
  });

  it('begins anew with the context model of another workspace', async () => {
    start(1);
    finish();
    model.dispose();
    model = await createContextModel();
    workspace = knowing(model);
    start(2);
    finish();
    expect(linesOf(2).length).toBe(40);
  });

  it('reports an error as the failure of the request alone', () => {
    workspace = knowing(undefined as never);
    start(1);
    finish();
    expect(posted).toMatchObject([{ type: 'failure', id: 1 }]);
    workspace = knowing(model);
    start(2);
    finish();
    expect(linesOf(2).length).toBe(40);
  });
});
