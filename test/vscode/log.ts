import * as assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './editor.ts';

/** What the extension has written to its log channel in all windows so far, as soon as it has written `part`. */
export async function logText(part: string): Promise<string> {
  const userData = process.env['CHAR_RNN_USER_DATA'];
  assert.ok(userData);
  return until(`"${part}" in the log`, async () => {
    const files = await readdir(join(userData, 'logs'), { recursive: true });
    const ours = files.filter((file) => /Char-RNN\.log$/.test(file));
    const texts = await Promise.all(ours.map((file) => readFile(join(userData, 'logs', file), 'utf8')));
    const text = texts.join('\n');
    return text.includes(part) && text;
  });
}
