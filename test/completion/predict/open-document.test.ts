import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { difference } from '../../../src/completion/predict/normalized-text.ts';
import { OpenDocument } from '../../../src/completion/predict/open-document.ts';
import type { DocumentModel, ContextModel } from '../../../src/context-model/index.ts';

/** A memory that keeps the text it is told. */
function recording() {
  const told = { text: '', edits: 0 };
  const memory = {
    openDocument: (_: string, text: string) => {
      told.text = text;
      const edit = (offset: number, removed: number, inserted: string) => {
        if (offset + removed > told.text.length) throw new RangeError('outside');
        told.text = told.text.slice(0, offset) + inserted + told.text.slice(offset + removed);
        told.edits++;
      };
      const remove = (offset: number, removed: number) => edit(offset, removed, '');
      return { edit, remove, type: (offset: number, inserted: string) => edit(offset, 0, inserted) };
    },
  };
  return { told, memory: memory as unknown as ContextModel & { document: DocumentModel } };
}

const piece = fc.constantFrom('a', 'b', '\n', '\r\n', '\r', 'e', '\u0301', 'é', '😀', '\t', 'x = 1;');
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const loneSurrogate = /\p{Surrogate}/u;
const normal = (raw: string) => raw.replace(/\r\n?/g, '\n').normalize('NFC');

describe('an open document', () => {
  it('tells the memory the normalised text after any changes', () => {
    const change = fc.record({ at: fc.nat(40), remove: fc.nat(12), inserted: text });
    fc.assert(
      fc.property(text, fc.array(change, { maxLength: 12 }), (start, changes) => {
        const { told, memory } = recording();
        const document = new OpenDocument(memory, 'd', start);
        let raw = start;
        for (const { at, remove, inserted } of changes) {
          const offset = Math.min(at, raw.length);
          const removed = Math.min(remove, raw.length - offset);
          expect(document.change([{ offset, removed, inserted }])).toBe(true);
          raw = raw.slice(0, offset) + inserted + raw.slice(offset + removed);
          expect(told.text).toBe(normal(raw));
          expect(document.offsetOf(raw.length)).toBe(normal(raw).length);
          expect(document.endsWith(normal(raw), normal(raw).length)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes in several changes of one event, few or many', () => {
    const change = fc.record({ skipped: fc.nat(5), remove: fc.nat(6), inserted: text });
    const long = fc.array(text, { maxLength: 12 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(long, fc.array(change, { maxLength: 14 }), fc.boolean(), (start, event, isRising) => {
        const { told, memory } = recording();
        const document = new OpenDocument(memory, 'd', start);
        let raw = start;
        let at = 0;
        const changes = [];
        for (const { skipped, remove, inserted } of event) {
          const offset = Math.min(at + skipped, raw.length);
          const removed = Math.min(remove, raw.length - offset);
          changes.push({ offset, removed, inserted });
          at = offset + removed;
        }
        // From the end to the beginning each offset is also one of the text that the changes before have left.
        const inOrder = isRising ? changes.slice(0, 1) : changes.reverse();
        expect(document.change(inOrder)).toBe(true);
        for (const { offset, removed, inserted } of inOrder) {
          raw = raw.slice(0, offset) + inserted + raw.slice(offset + removed);
        }
        expect(told.text).toBe(normal(raw));
        for (let offset = 0; offset <= raw.length; offset++) {
          expect(document.offsetOf(offset)).toBe(normal(raw.slice(0, offset)).length);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('makes many changes of one event a single edit', () => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'a\r\n'.repeat(1_000));
    const changes = Array.from({ length: 1_000 }, (_, i) => ({ offset: 3 * i, removed: 1, inserted: 'bc' }));
    expect(document.change(changes.reverse())).toBe(true);
    expect(told).toEqual({ text: 'bc\n'.repeat(1_000), edits: 1 });
  });

  it.each([
    { inserted: '(', typed: '(' },
    { inserted: '()', typed: '(' },
    { inserted: '""', typed: '"' },
    { inserted: '* */', typed: '*' },
    { inserted: '</div>', typed: '' },
    { inserted: '\r\n\t\r\n', typed: '\n\t' },
    { inserted: 'word', typed: 'word' },
    { inserted: '\n    ', typed: '\n    ' },
    { inserted: '[)', typed: '[)' },
    { inserted: 'if (condition) {\n\t\n}', typed: '' },
    { inserted: '\n}', typed: '' },
    { inserted: 'x'.repeat(201), typed: '' },
  ])('takes as typed what was typed: $inserted', ({ inserted, typed }) => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'ab');
    let found = '';
    document.change([{ offset: 1, removed: 0, inserted }], {
      type: (at, text) => {
        found += text;
        document.model.edit(at, 0, text);
      },
      typeOver: () => expect.unreachable(),
    });
    expect(found).toBe(typed);
    expect(told.text).toBe(`a${normal(inserted)}b`);
  });

  it('takes a bracket that is typed over the one that stands there as typed', () => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'é\r\nf()');
    const over: unknown[] = [];
    document.change([{ offset: 5, removed: 1, inserted: ')' }], {
      type: () => expect.unreachable(),
      typeOver: (at, text) => over.push([at, text]),
    });
    expect(over).toEqual([[4, ')']]);
    expect(told.edits).toBe(0);
  });

  it('takes nothing as typed that an undo brought back', () => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'ab');
    document.change([{ offset: 1, removed: 0, inserted: 'x', isRestored: true }], {
      type: () => expect.unreachable(),
      typeOver: () => expect.unreachable(),
    });
    expect(told.text).toBe('axb');
  });

  it('costs nothing where nothing changed', () => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'a\r\nb');
    document.replace('a\nb');
    expect(told.edits).toBe(0);
  });

  for (const { name, text, offset, inserted, put } of [
    {
      name: 'with CRLF line ends',
      text: 'a\r\nbc\r\nd',
      offset: 5,
      inserted: 'x',
      put: { at: 4, text: 'x' },
    },
    {
      name: 'a line end before one',
      text: 'a\r\nb',
      offset: 1,
      inserted: '\r\n',
      put: { at: 1, text: '\n' },
    },
    { name: 'letters beyond ASCII', text: 'ab', offset: 1, inserted: 'é', put: { at: 1, text: 'é' } },
  ]) {
    it(`is put in as it was typed: ${name}`, () => {
      const { told, memory } = recording();
      const document = new OpenDocument(memory, 'd', text);
      const puts: object[] = [];
      document.change([{ offset, removed: 0, inserted }], {
        type: (at, text) => {
          puts.push({ at, text });
          document.model.edit(at, 0, text);
        },
        typeOver: () => expect.unreachable(),
      });
      expect(puts).toEqual([put]);
      expect(told.text).toBe(normal(text.slice(0, offset) + inserted + text.slice(offset)));
    });
  }

  it('says when a change cannot be of its text', () => {
    const { told, memory } = recording();
    const document = new OpenDocument(memory, 'd', 'ab');
    expect(document.change([{ offset: 1, removed: 2, inserted: 'x' }])).toBe(false);
    expect(told.text).toBe('ab');
  });
});

it('the difference of two texts makes one of the other, with code points whole', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { offset, removed, inserted } = difference(before, after);
      expect(before.slice(0, offset) + inserted + before.slice(offset + removed)).toBe(after);
      expect(inserted).not.toMatch(loneSurrogate);
      expect(before.slice(offset, offset + removed)).not.toMatch(loneSurrogate);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

describe('an open document has the model know on', () => {
  const old = 'int first = 1;\nint second = 2;\n';
  /** How the last deletion is put to the model. */
  const deleted = (...changes: { offset: number; removed: number; inserted: string }[]): string => {
    const calls: string[] = [];
    const memory = {
      openDocument: () => ({
        edit: (_: number, removed: number) => calls.push(removed > 0 ? 'edit' : 'insert'),
        remove: () => calls.push('remove'),
        type: () => calls.push('type'),
      }),
    };
    const document = new OpenDocument(memory as unknown as ContextModel, 'd', old);
    const typing = { type: () => calls.push('type'), typeOver: () => undefined };
    for (const change of changes) document.change([change], typing);
    return calls.at(-1)!;
  };

  it('what stood there before and is deleted', () => {
    expect(deleted({ offset: 0, removed: 15, inserted: '' })).toBe('remove');
    expect(deleted({ offset: 31, removed: 0, inserted: 'x' }, { offset: 0, removed: 15, inserted: '' })).toBe(
      'remove',
    );
  });

  it('nothing that was written just now, as an accepted suggestion that is taken away', () => {
    const accepted = { offset: 31, removed: 0, inserted: 'return second;' };
    expect(deleted(accepted, { offset: 31, removed: 14, inserted: '' })).toBe('edit');
    expect(deleted(accepted, { offset: 20, removed: 20, inserted: '' })).toBe('edit');
    expect(
      deleted({ offset: 0, removed: 0, inserted: 'a' }, accepted, {
        offset: 32,
        removed: 13,
        inserted: '',
      }),
    ).toBe('edit');
  });

  it('nothing short, which corrects what was typed', () => {
    expect(deleted({ offset: 0, removed: 4, inserted: '' })).toBe('edit');
  });
});
