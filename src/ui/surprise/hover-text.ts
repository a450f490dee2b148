import * as vscode from 'vscode';
import type { Mark } from './marks.ts';

/** What a mark says when the pointer rests on it: how unlikely the text was, and what would have been expected. */
export function hoverText({ token, lineSurprise }: Mark): vscode.MarkdownString {
  const { surprise, bits, start, end, expected } = token;
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**Surprise: ${surprise.toFixed(1)} bits** (Char-RNN)\n\n`);
  text.appendMarkdown(
    `This code base would rather have something else here: ${chanceOf(surprise)} that it is meant so.`,
  );
  if (end > start) {
    text.appendMarkdown(
      ` Read from the left, it took ${bits.toFixed(1)} bits, ${(bits / (end - start)).toFixed(1)} a character.`,
    );
  }
  if (surprise < lineSurprise) text.appendMarkdown(` The whole line: ${lineSurprise.toFixed(1)} bits.`);
  if (expected !== '') {
    text.appendMarkdown('\n\nExpected rather: ');
    text.appendText(expected);
  }
  return text;
}

function chanceOf(bits: number): string {
  const oneIn = 2 ** bits;
  return oneIn < 2 ? 'it is likely' : `one chance in ${Math.round(oneIn).toLocaleString('en')}`;
}
