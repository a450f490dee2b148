import { describe, expect, it } from 'vitest';
import { remove } from './remove.ts';

describe('redact', () => {
  const known = [
    'AKIA' + 'IOSFODNN7EXAMPLE',
    'ghp_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
    'github_pat_' + '11ABCDEFG0abcdefghijkl_mnop',
    'xoxb-' + '123456789012-abcdefghijkl',
    'AIza' + 'SyA1234567890abcdefghijklmnopqrstuv',
    'sk_live_' + '4eC39HqLyjWDarjtT1zdp7dc',
    'eyJhbGciOiJIUzI1NiJ9' + '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9',
    'npm_' + 'abcdefghijklmnopqrstuvwxyz0123456789',
    'glpat-' + 'abcdefghijklmnopqrst',
    'sk-ant-' + 'api03-abcdefghijklmnop',
    'SG.' + 'abcdefghijklmnop1234.abcdefghijklmnopqrstuvwxyz',
    'SK' + '0123456789abcdef0123456789abcdef',
    'AccountKey=' + 'Zm9vYmFyYmF6cXV4==',
    'redis://:s3cretpw@host:6379',
    'machine example.com login bob password s3cret',
  ];
  for (const value of known) {
    it(`removes ${value.slice(0, 12)}… by its form`, async () => {
      expect((await remove('a.ts', `f(x);\nf('${value}');\n`)).text).toBe('f(x);\n');
      expect((await remove('a.md', `text\nsee ${value} there\n`)).text).toBe('text\n');
    });
  }
});
