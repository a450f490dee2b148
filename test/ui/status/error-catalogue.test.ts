import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { button } from '../../../src/ui/command-ids.ts';
import { levelOf, remedyFor } from '../../../src/ui/status/error-catalogue.ts';

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

  it('is its own where an error has one, and none for what is no sentence for the user', () => {
    const own = new UserFacingError('It failed.', { code: 'no-folder' });
    expect(remedyFor(own, TRAIN_AGAIN)?.title).toBe('Open Folder');
    expect(remedyFor(new TypeError('x is undefined'), TRAIN_AGAIN)).toBeUndefined();
  });

  it('is to train where there is no model, and none while one is loaded', () => {
    expect(remedyFor(new UserFacingError('None.', { code: 'no-model' }))?.command).toBe('charRnn.train');
    expect(remedyFor(new UserFacingError('Being loaded.'))).toBeUndefined();
  });
});

describe('how serious an error looks', () => {
  for (const code of ['no-folder', 'untrusted', 'virtual', 'training-runs']) {
    it(`is no failure for ${code}`, () => {
      expect(levelOf(new UserFacingError('Not here.', { code }))).toBe('information');
    });
  }

  it('is a failure for everything else', () => {
    expect(levelOf(new UserFacingError('It is torn.'))).toBe('error');
    expect(levelOf(new TypeError('x is undefined'))).toBe('error');
  });
});
