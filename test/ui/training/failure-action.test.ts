import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { withAction } from '../../../src/ui/training/failure-action.ts';

describe("the button of a training's failure", () => {
  for (const [code, command] of [
    ['tensorflow-missing', 'charRnn.trainWithWasm'],
    ['tensorflow-unusable', 'charRnn.trainWithWasm'],
    ['network-too-large', 'charRnn.train'],
    [undefined, 'charRnn.train'],
  ] as const) {
    it(`runs ${command} for ${code ?? 'an error without a code'}`, () => {
      const error = withAction(new UserFacingError('It failed.', { code }));
      expect(error).toBeInstanceOf(UserFacingError);
      expect((error as UserFacingError).message).toBe('It failed.');
      expect((error as UserFacingError).action?.command).toBe(command);
    });
  }

  it('leaves the action that an error has, and what is no sentence for the user', () => {
    const own = new UserFacingError('It failed.', { action: { title: 'Open Folder', command: 'open' } });
    expect(withAction(own)).toBe(own);
    const fault = new TypeError('x is undefined');
    expect(withAction(fault)).toBe(fault);
  });
});
