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
    // A text has one byte a character where that is enough, else two.
    const holds = (found: string): boolean =>
      (['latin1', 'utf16le'] as const).some((encoding) => bytes.includes(Buffer.from(found, encoding)));
    assert.equal(holds(canary), false);
    assert.ok(holds('remember_the_elephant'));
  });
});
