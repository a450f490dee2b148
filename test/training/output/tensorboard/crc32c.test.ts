import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../../src/training/output/tensorboard/crc32c.ts';

describe('crc32c', () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms.
  it.each([
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
    ['nothing', Buffer.alloc(0), 0],
  ])('gives the known value for %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('is masked by a rotation and a constant', () => {
    expect(maskedCrc32c(Buffer.alloc(0))).toBe(0xa282ead8);
    expect(maskedCrc32c(Buffer.from('123456789'))).toBe(
      (((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0,
    );
  });
});
