import { beforeEach, expect, it } from 'vitest';
import { FollowedDocuments } from '../../../src/completion/client/followed-documents.ts';
import type { DocumentNotice } from '../../../src/completion/worker/protocol.ts';

let sent: DocumentNotice[];
let documents: FollowedDocuments;

beforeEach(() => {
  sent = [];
  documents = new FollowedDocuments((notice) => sent.push(notice));
});

const follow = (text: string, isUnsaved = false): void =>
  documents.follow('a', { isUnsaved, length: () => text.length, text: () => text });
const changes = [{ offset: 0, removed: 0, inserted: 'x' }];

it('sends a text once, then its changes', () => {
  follow('one', true);
  follow('one');
  documents.change('a', changes);
  documents.change('b', changes);
  expect(sent).toEqual([
    { type: 'open', document: 'a', text: 'one', isUnsaved: true },
    { type: 'change', document: 'a', changes },
  ]);
});

it('sends the whole text again of a document that was lost, and no change before', () => {
  follow('one');
  documents.lose('a');
  documents.change('a', changes);
  follow('two');
  expect(sent.slice(1)).toEqual([{ type: 'open', document: 'a', text: 'two', isUnsaved: false }]);
});
