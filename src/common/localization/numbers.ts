import { displayLanguage, localize } from './localize.ts';

/** A number as the display language writes it. @param fractionDigits digits after the decimal sign, exactly. */
export function numberText(value: number, fractionDigits = 0): string {
  return value.toLocaleString(displayLanguage(), {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
}

/** A number with at most three significant digits, as the display language writes it. */
export function significantText(value: number): string {
  return value.toLocaleString(displayLanguage(), { maximumSignificantDigits: 3 });
}

/** A part of a whole, 0 to 1, in whole per cent, rounded down so that all is done at 100 only. */
export function percentText(fraction: number): string {
  return localize`${Math.floor(fraction * 100)} %`;
}

/** Bits per character, the measure of how well a network predicts. */
export function bitsPerCharacterText(bits: number): string {
  return localize`${numberText(bits, 2)} bits per character`;
}
