import * as assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type {} from 'mocha';
import { extension, until } from '../editor.ts';
import { memoryPathOf } from '../memory.ts';

describe('a workspace too large to be read at once', () => {
  it('is kept as it is remembered when nobody types, without its secrets', async () => {
    const view = await extension();
    const bytes = await until('the file of what is remembered', () =>
      readFile(memoryPathOf(view)).catch(() => undefined),
    );
    const canary = process.env['CHAR_RNN_CANARY'];
    assert.ok(canary);
    assert.equal(bytes.includes(Buffer.from(canary, 'utf16le')), false);
    assert.ok(bytes.includes(Buffer.from('remember_the_elephant', 'utf16le')));
  });
});
