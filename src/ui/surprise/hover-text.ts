import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { numberText } from '../../common/localization/numbers.ts';
import type { Mark } from './marks.ts';

/** What a mark says when the pointer rests on it: how unlikely the text was, and what would have been expected. */
export function hoverText({ token, lineSurprise }: Mark): vscode.MarkdownString {
  const { surprise, bits, start, end, expected } = token;
  const text = new vscode.MarkdownString();
  text.appendMarkdown(localize`**Surprise: ${numberText(surprise, 1)} bits** (Char-RNN)`);
  text.appendMarkdown(`\n\n${chanceText(surprise)}`);
  if (end > start) {
    const perCharacter = bits / (end - start);
    text.appendMarkdown(
      ` ${localize`Read from the left, it took ${numberText(bits, 1)} bits, ${numberText(perCharacter, 1)} a character.`}`,
    );
  }
  if (surprise < lineSurprise)
    text.appendMarkdown(` ${localize`The whole line: ${numberText(lineSurprise, 1)} bits.`}`);
  if (expected !== '') {
    text.appendMarkdown(`\n\n${localize`Expected rather:`} `);
    text.appendText(expected);
  }
  return text;
}

function chanceText(bits: number): string {
  const oneIn = 2 ** bits;
  return oneIn < 2
    ? localize`This code base would rather have something else here: it is likely that it is meant so.`
    : localize`This code base would rather have something else here: one chance in ${numberText(oneIn)} that it is meant so.`;
}
