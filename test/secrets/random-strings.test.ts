import fc from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { hasRandomString } from '../../src/secrets/random-strings.ts';

const elsewhere = { isTest: false, isProse: false };
const draw = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((characters) => characters.join(''));
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The part of `count` random strings that is found. */
function foundPart(strings: fc.Arbitrary<string>, count = 2_000): number {
  const drawn = fc.sample(strings, { numRuns: count, seed: 1 });
  return drawn.filter((text) => hasRandomString(`x = "${text}"`, elsewhere)).length / count;
}

describe('hasRandomString', () => {
  it.each<[string, string, number, number, number]>([
    ['base64 of 40 to 100', `${LETTERS}0123456789+/`, 40, 100, 0.97],
    ['base64 of 1,000 to 3,000', `${LETTERS}0123456789+/`, 1_000, 3_000, 1],
    ['base58 of 44', LETTERS + '123456789', 44, 44, 0.97],
    ['base32 of 52', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 52, 52, 0.9],
    ['hexadecimal of 32 to 128', '0123456789abcdef', 32, 128, 0.99],
  ])('finds %s', (_, alphabet, min, max, part) => {
    expect(foundPart(draw(alphabet, min, max))).toBeGreaterThanOrEqual(part);
  });

  it.each([64, 88, 128])('finds %i hexadecimal digits behind 0x', (length) => {
    expect(
      foundPart(draw('0123456789abcdef', length, length).map((digits) => `0x${digits}`)),
    ).toBeGreaterThan(0.99);
  });

  const digits = 'a3f1b2c4d5e60718293a4b5c6d7e8f9012345678';
  it.each([
    `uses: actions/checkout@${digits}`,
    `sha1: ${digits}`,
    `https://github.com/x/y/commit/${digits}`,
    `const address = "0x${digits}"`,
    `guid: ${digits.slice(0, 32)}`,
    'const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"',
    'createElementNamespaceResolverFactoryImpl2(XMLHttpRequestEventTarget)',
    'func TestH2ToH2CStream(t *testing.T) {',
    'id: 01234567-89ab-cdef-0123-456789abcdef',
  ])('keeps %s', (line) => {
    expect(hasRandomString(line, elsewhere)).toBe(false);
  });

  it('keeps hashes in tests and commits in prose only', () => {
    expect(hasRandomString(`"${digits}"`, elsewhere)).toBe(true);
    expect(hasRandomString(`"${digits}"`, { isTest: true, isProse: false })).toBe(false);
    expect(hasRandomString(`- ${digits} Mend it`, { isTest: false, isProse: true })).toBe(false);
  });
});
