import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { NoModelError } from '../../../src/completion/index.ts';
import { button } from '../../../src/ui/command-ids.ts';
import { remedyFor } from '../../../src/ui/status/error-catalogue.ts';

const TRAIN_AGAIN = button('Train Again', 'train');

describe('the remedy for an error', () => {
  for (const [code, command] of [
    ['tensorflow-missing', 'charRnn.trainWithWasm'],
    ['tensorflow-unusable', 'charRnn.trainWithWasm'],
    ['network-too-large', 'charRnn.train'],
    [undefined, 'charRnn.train'],
  ] as const) {
    it(`runs ${command} for ${code ?? 'an error without a code'} of a training`, () => {
      expect(remedyFor(new UserFacingError('It failed.', { code }), TRAIN_AGAIN)?.command).toBe(command);
    });
  }

  it('is the action that an error has, and none for what is no sentence for the user', () => {
    const own = new UserFacingError('It failed.', { action: { title: 'Open Folder', command: 'open' } });
    expect(remedyFor(own, TRAIN_AGAIN)).toBe(own.action);
    expect(remedyFor(new TypeError('x is undefined'), TRAIN_AGAIN)).toBeUndefined();
  });

  it('is to train where there is no model, and none while one is loaded', () => {
    expect(remedyFor(new NoModelError({ kind: 'noModel' }))?.command).toBe('charRnn.train');
    expect(remedyFor(new NoModelError({ kind: 'loading' }))).toBeUndefined();
  });
});
