import { isGenerated } from './generated.ts';
import { english } from '../../common/localization/message.ts';

/** People write shorter lines than this on average, in characters. */
const MAX_AVERAGE_LINE = 200;
/** Minimum share of spaces in prose, which may keep a paragraph on a line; minified code and data have fewer. */
const MIN_SPACE_SHARE = 0.1;
const MIN_CHARACTERS = 2_000;

/** Why a text is not worth learning, or undefined. Linear in the text. */
export function minifiedOrGenerated(text: string): string | undefined {
  if (isGenerated(text)) return english`generated`;
  return looksMinified(text) ? english`minified or data` : undefined;
}

function looksMinified(text: string): boolean {
  if (text.length < MIN_CHARACTERS) return false;
  if (text.length <= countLines(text) * MAX_AVERAGE_LINE) return false;
  let spaces = 0;
  let ascii = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x20 || unit === 0x09) spaces++;
    if (unit < 0x80) ascii++;
  }
  // Chinese and Japanese prose has no spaces.
  if (ascii * 2 < text.length) return false;
  return spaces < text.length * MIN_SPACE_SHARE;
}

function countLines(text: string): number {
  let lines = 1;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) lines++;
  return lines;
}
