import { describe, expect, it } from 'vitest';
import {
  integerField,
  messageField,
  stringField,
} from '../../../../src/training/output/tensorboard/protobuf.ts';

// The examples of the encoding's own documentation.
describe('protobuf fields', () => {
  it('encode as the documentation says', () => {
    expect(integerField(1, 150).toString('hex')).toBe('089601');
    expect(stringField(2, 'testing').toString('hex')).toBe('120774657374696e67');
    expect(messageField(3, [integerField(1, 150)]).toString('hex')).toBe('1a03089601');
  });

  it('hold whole numbers beyond 32 bits', () => {
    expect(integerField(2, 2 ** 53 - 1).toString('hex')).toBe('10ffffffffffffff0f');
  });
});
