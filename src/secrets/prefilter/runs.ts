/** What base64 and hexadecimal runs are made of: digits 2, letters and signs 1, everything else 0. */
const RUN_CLASS = classesOfAscii((character) =>
  /[0-9]/.test(character) ? 2 : /[A-Za-z+/]/.test(character) ? 1 : 0,
);
/** A run of letters and digits may be random from this length on, and with letters alone. */
const MIN_RUN = 16;
const MIN_RUN_WITHOUT_DIGIT = 32;

/** 1 for the characters of base85 in its common alphabets. */
const IS_BASE85 = classesOfAscii((character) =>
  character > ' ' && character < '\x7f' && !'"\'`[]\\,'.includes(character) ? 1 : 0,
);
const MIN_BASE85 = 40;
const MAX_BASE85 = 200;
/** Random characters of base85 have more different signs than addresses and code without spaces. */
const MIN_BASE85_SIGNS = 6;

/** [65536] classes by UTF-16 unit: 0 beyond ASCII. */
function classesOfAscii(classOf: (character: string) => number): Uint8Array {
  const classes = new Uint8Array(0x1_0000);
  for (let unit = 0; unit < 0x80; unit++) classes[unit] = classOf(String.fromCharCode(unit));
  return classes;
}

/** Where a run of letters and digits ends that is long enough for a key or a hash; `end` where there is none. */
export function searchRun(text: string, start: number, end: number): number {
  // A run of 16 crosses every sixteenth character.
  for (let probe = start + MIN_RUN - 1; probe < end; probe += MIN_RUN) {
    if (RUN_CLASS[text.charCodeAt(probe)] === 0) continue;
    let from = probe;
    while (from > start && RUN_CLASS[text.charCodeAt(from - 1)] > 0) from--;
    let to = probe + 1;
    while (to < end && RUN_CLASS[text.charCodeAt(to)] > 0) to++;
    const length = to - from;
    if (length >= MIN_RUN_WITHOUT_DIGIT || (length >= MIN_RUN && hasDigit(text, from, to))) return to - 1;
    // The next probe inside this run would find the same.
    probe = Math.max(probe, to - MIN_RUN);
  }
  return end;
}

/** Whether `text` has a run of letters and digits of at least `length`. */
export function hasRunOf(text: string, length: number): boolean {
  for (let probe = length - 1; probe < text.length; probe += length) {
    if (RUN_CLASS[text.charCodeAt(probe)] === 0) continue;
    let from = probe;
    while (from > 0 && RUN_CLASS[text.charCodeAt(from - 1)] > 0) from--;
    let to = probe + 1;
    while (to < text.length && RUN_CLASS[text.charCodeAt(to)] > 0) to++;
    if (to - from >= length) return true;
  }
  return false;
}

/** Where a run ends that is random in base85; `end` where there is none. */
export function searchBase85(text: string, start: number, end: number): number {
  for (let probe = start + MIN_BASE85 - 1; probe < end; probe += MIN_BASE85) {
    if (IS_BASE85[text.charCodeAt(probe)] === 0) continue;
    let from = probe;
    while (from > start && IS_BASE85[text.charCodeAt(from - 1)] === 1) from--;
    let to = probe + 1;
    while (to < end && IS_BASE85[text.charCodeAt(to)] === 1) to++;
    if (to - from >= MIN_BASE85 && to - from <= MAX_BASE85 && isBase85(text.slice(from, to))) return to - 1;
    probe = Math.max(probe, to - MIN_BASE85);
  }
  return end;
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (RUN_CLASS[text.charCodeAt(i)] === 2) return true;
  return false;
}

/** Letters of both cases, digits and many different signs without order; no address, no format, no code. */
function isBase85(run: string): boolean {
  if (!/\d/.test(run) || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) return false;
  if (/%[sd]|\/\/|\w\(\)|=>|&&|\|\||[=!]==?|\$\{/.test(run)) return false;
  const signs = run.match(/[^A-Za-z0-9]/g) ?? [];
  if (new Set(signs).size < MIN_BASE85_SIGNS || signs.length > run.length / 2) return false;
  const parts = run.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g)!;
  return (run.length - signs.length) / parts.length < 2;
}
