import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Yielder } from '../../common/yielder.ts';
import { beyondAscii } from './beyond-ascii.ts';
import { LOCAL_ENCODINGS, OF_SEVERAL_BYTES } from './local-encodings.ts';
import { isCleanText } from './not-text.ts';
import { countImplausible } from './plausibility.ts';

/** Signs that are found alone in files that are otherwise English are nearly always in this encoding. */
const WESTERN = 'windows-1252';
/** Such signs where English has them: quotes in pairs, apostrophes within words, dashes between spaces. */
const ENGLISH_SIGNS =
  /[©®°±§€£µ×²³½¼™·•\u00a0]|“[^”\n]*”|«[^»\n]*»|(?<=[a-z])’(?=[a-z])|(?<=\s)[–—](?=\s)|…/gi;

const OF_WESTERN_EUROPE = new Set(['iso-8859-1', WESTERN, 'iso-8859-15']);

/** In logarithms of the detector's confidence: what it counts where all characters make no sense. */
const IMPLAUSIBLE_PENALTY = 6;
/** The same, for each such character up to the limit. */
const ODD_PENALTY = 0.25;
const MAX_ODD = 12;
/** The same, for each byte that is dropped at an end. */
const CUT_PENALTY = 0.3;
/**
 * The best of the encodings must be at least this much more likely than the next that reads another text, where all
 * of the sample is beyond ASCII; less where the words around it, which read alike, level the detector's figures.
 */
const MIN_LEAD = 0.35;
const MIN_LEAD_OF_ANY = 0.01;
/** The same where fewer characters than these show the encoding. */
const FEW_CHARACTERS = 4;
const MIN_LEAD_OF_FEW = 0.25;
/** How much more often so few letters are Western European than the detector knows. */
const WESTERN_OF_FEW = 1.6;
const WESTERN_LETTERS = /^[\0-\x7fäöüßÄÖÜéèêëàâçîïôûñóíáúãõåæÅÆÉÑÇ]*$/;
/** The same where so few bytes, in words without ASCII letters, are all that shows it. */
const FEW_BYTES = 4;
const MIN_LEAD_OF_FEW_BYTES = 2;
/** The same between encodings of two bytes, which are alike: a name of four letters may be one in each. */
const FEW_EAST_ASIAN_BYTES = 8;
const MIN_LEAD_OF_FEW_EAST_ASIAN = 1;
/** Texts that agree in more of the characters beyond ASCII differ in so few that any lead decides. */
const MIN_SIBLING_SHARE = 0.5;
/** Below this the detector found bytes that are valid, but no language. */
const MIN_SCORE = -5.5;

/** Beginning of the sample that shows whether a file begins within a character, in bytes. */
const HEAD_BYTES = 13;
const LINE_FEED = 0x0a;
/** In so many bytes the detector does not mind that there are few lead bytes. */
const UNGATED_BYTES = 15;
/** How much surer the detector must be of the head without its first byte. */
const MIN_CUT_RATIO = 1.3;

/** The detector's confidences, from 0 to 1, by its names of encodings. */
type Detect = (sample: Buffer) => Promise<ReadonlyMap<string, number>>;

/** Encodings that read the sample as the same text. */
export interface LocalReading {
  readonly text: string;
  readonly score: number;
  /** Bytes beyond ASCII in the sample. */
  readonly encodedBytes: number;
  /** In the order of `LOCAL_ENCODINGS`. */
  readonly encodings: readonly string[];
  /** Bytes to drop at either end, where a character was cut. */
  readonly skipped: { readonly start: number; readonly end: number };
  /** Whether some bytes are not valid in the encodings. */
  readonly isDamaged: boolean;
}

/**
 * The encodings that a file beyond ASCII which is no UTF-8 may be in, all of which read its sample alike.
 * @returns undefined where it cannot be told.
 */
export async function findLocalEncoding(bytes: Buffer, yielder: Yielder): Promise<LocalReading | undefined> {
  // Its tables take 100 ms to unpack, and few workspaces need them.
  const { detectAll } = await import('jschardet');
  const detect: Detect = async (sample) => {
    if (yielder.isDue) await yielder.yield();
    const found = detectAll(sample, { minimumThreshold: 0 });
    if (yielder.isDue) await yielder.yield();
    return new Map(found.map(({ encoding, confidence }) => [encoding?.toLowerCase() ?? '', confidence]));
  };
  const { sample, touchesStart, touchesEnd } = beyondAscii(bytes);
  const western = iconv.decode(sample, WESTERN);
  if (isAscii(Buffer.from(western.replaceAll(ENGLISH_SIGNS, ''))) && countImplausible(western).odd === 0)
    return {
      text: western,
      score: 0,
      encodedBytes: countBeyond(sample),
      encodings: [WESTERN],
      skipped: { start: 0, end: 0 },
      isDamaged: false,
    };
  const readings: LocalReading[] = [];
  for (const start of touchesStart ? [0, 1] : [0]) {
    for (const end of touchesEnd ? [0, 1] : [0]) {
      const part = sample.subarray(start, sample.length - 1 - end);
      readings.push(...(await readingsOf(part, { start, end }, detect, yielder)));
    }
  }
  const best = (await damagedReading(sample, readings, detect, yielder)) ?? mostLikely(readings);
  if (best === undefined || best.isDamaged || !touchesStart || !OF_SEVERAL_BYTES.has(best.encodings[0]))
    return best;
  const begin = (await beginsInCharacter(sample, best.encodings[0], detect)) ? 1 : 0;
  const same = readings.filter(({ encodings }) => encodings[0] === best.encodings[0]);
  return same.find(({ skipped }) => skipped.start === begin && skipped.end === best.skipped.end) ?? best;
}

/**
 * The encoding of most thirds of the sample that does not read the whole, where a few bytes are not valid in it.
 * @returns undefined where there is none
 */
async function damagedReading(
  sample: Buffer,
  readings: readonly LocalReading[],
  detect: Detect,
  yielder: Yielder,
): Promise<LocalReading | undefined> {
  const found: (LocalReading | undefined)[] = [];
  for (const third of thirdsOf(sample))
    found.push(mostLikely(await readingsOf(third, { start: 0, end: 0 }, detect, yielder)));
  const agreed = found.find(
    (one, i) => one && found.some((other, j) => j > i && other?.encodings[0] === one.encodings[0]),
  );
  const isWhole = readings.some(({ encodings }) => encodings.includes(agreed?.encodings[0] ?? ''));
  // Encodings of single bytes have few that are not valid, and nothing else shows that these are stray.
  if (agreed === undefined || isWhole || !OF_SEVERAL_BYTES.has(agreed.encodings[0])) return undefined;
  return { ...agreed, isDamaged: true };
}

/** The lines of the sample in three parts; none where there are fewer lines. */
function thirdsOf(sample: Buffer): Buffer[] {
  const ends: number[] = [];
  for (let end = sample.indexOf(LINE_FEED); end !== -1; end = sample.indexOf(LINE_FEED, end + 1))
    ends.push(end);
  if (ends.length < 3) return [];
  const cuts = [
    0,
    ends[Math.floor(ends.length / 3) - 1],
    ends[Math.floor((2 * ends.length) / 3) - 1],
    ends.at(-1)!,
  ];
  return [0, 1, 2].map((i) => sample.subarray(cuts[i], cuts[i + 1]));
}

/** The reading with the highest score, unless another encoding's is too near to it. */
function mostLikely(readings: readonly LocalReading[]): LocalReading | undefined {
  const [best, ...others] = readings.toSorted((a, b) => b.score - a.score);
  if (best === undefined || best.score < MIN_SCORE) return undefined;
  const next = others.find(({ encodings }) => encodings[0] !== best.encodings[0]);
  if (next === undefined) return best;
  return best.score - next.score < Math.log(1 + neededLead(best, next)) ? undefined : best;
}

function neededLead(best: LocalReading, next: LocalReading): number {
  const beyond = best.text.match(/[^\0-\x7f]/g)?.length ?? 0;
  if (best.encodedBytes <= FEW_BYTES && !/[a-z][^\0-\x7f]|[^\0-\x7f][a-z]/i.test(best.text))
    return MIN_LEAD_OF_FEW_BYTES;
  const areEastAsian = [best, next].every(({ encodings }) => OF_SEVERAL_BYTES.has(encodings[0]));
  if (areEastAsian && best.encodedBytes <= FEW_EAST_ASIAN_BYTES) return MIN_LEAD_OF_FEW_EAST_ASIAN;
  const share = (MIN_LEAD * beyond) / best.text.length;
  if (beyond < FEW_CHARACTERS) return Math.max(MIN_LEAD_OF_FEW, share);
  const areSiblings = agreement(best.text, next.text) >= MIN_SIBLING_SHARE;
  return areSiblings ? MIN_LEAD_OF_ANY : Math.max(MIN_LEAD_OF_ANY, share);
}

/** Whether the first byte is the second half of a character: in encodings of two bytes, both readings are valid. */
async function beginsInCharacter(sample: Buffer, encoding: string, detect: Detect): Promise<boolean> {
  const { detectedAs = '' } = LOCAL_ENCODINGS.find(({ name }) => name === encoding) ?? {};
  const head = sample.subarray(0, Math.min(HEAD_BYTES, sample.indexOf(LINE_FEED)));
  const whole = (await detect(head)).get(detectedAs) ?? 0;
  const cut = (await detect(head.subarray(1))).get(detectedAs) ?? 0;
  return cut > whole * MIN_CUT_RATIO;
}

/** In how many of the characters beyond ASCII two texts agree, as a share. */
function agreement(one: string, other: string): number {
  if (one.length !== other.length) return 0;
  let beyond = 0;
  let same = 0;
  for (let i = 0; i < one.length; i++) {
    if (one.charCodeAt(i) < 0x80) continue;
    beyond++;
    if (one[i] === other[i]) same++;
  }
  return beyond === 0 ? 1 : same / beyond;
}

async function readingsOf(
  sample: Buffer,
  skipped: LocalReading['skipped'],
  detect: Detect,
  yielder: Yielder,
): Promise<LocalReading[]> {
  const confidences = await detect(sample);
  const ofHead = await detect(sample.subarray(0, UNGATED_BYTES));
  const isCut = skipped.start + skipped.end > 0;
  const readings = new Map<string, LocalReading>();
  for (const { name, detectedAs, weight } of LOCAL_ENCODINGS) {
    // Text in kana has few lead bytes, for which the detector drops Japanese from longer samples.
    const confidence = confidences.get(detectedAs) ?? (isKana(name) ? ofHead.get(detectedAs) : undefined);
    if (confidence === undefined || (isCut && !OF_SEVERAL_BYTES.has(name))) continue;
    if (yielder.isDue) await yielder.yield();
    const text = iconv.decode(sample, name);
    if (!isCleanText(text)) continue;
    const same = readings.get(text);
    const score =
      Math.log(confidence * weight * westernFactor(text, name)) -
      implausiblePenalty(text) -
      CUT_PENALTY * (skipped.start + skipped.end);
    readings.set(text, {
      text,
      score: Math.max(same?.score ?? -Infinity, score),
      encodedBytes: countBeyond(sample),
      encodings: [...(same?.encodings ?? []), name],
      skipped,
      isDamaged: false,
    });
  }
  return [...readings.values()];
}

function westernFactor(text: string, encoding: string): number {
  if (!OF_WESTERN_EUROPE.has(encoding) || !WESTERN_LETTERS.test(text)) return 1;
  return (text.match(/[^\0-\x7f]/g)?.length ?? 0) < FEW_CHARACTERS ? WESTERN_OF_FEW : 1;
}

function countBeyond(sample: Buffer): number {
  let count = 0;
  for (const byte of sample) if (byte >= 0x80) count++;
  return count;
}

const isKana = (encoding: string): boolean => encoding === 'shift_jis' || encoding === 'euc-jp';

function implausiblePenalty(text: string): number {
  const { beyond, odd } = countImplausible(text);
  if (beyond === 0) return 0;
  return (IMPLAUSIBLE_PENALTY * odd) / beyond + ODD_PENALTY * Math.min(odd, MAX_ODD);
}
