import { beforeEach, describe, expect, it } from 'vitest';
import { toggleSurprise } from '../../../src/ui/commands/toggle-surprise.ts';
import { configure, fake, resetFake } from '../../vscode-fake/index.ts';

const KEY = 'charRnn.surprise.enabled';

describe('toggleSurprise', () => {
  beforeEach(resetFake);

  it('turns the setting on, for it is off by default, and off again', async () => {
    expect(await toggleSurprise()).toBe(true);
    expect(fake.settings.global[KEY]).toBe(true);
    expect(await toggleSurprise()).toBe(false);
    expect(fake.settings.global[KEY]).toBe(false);
  });

  it('changes the setting where it is set', async () => {
    fake.settings.workspace = { [KEY]: true };
    expect(await toggleSurprise()).toBe(false);
    expect([fake.settings.workspace[KEY], fake.settings.global[KEY]]).toEqual([false, undefined]);
  });

  it('takes a value that is not valid for off', async () => {
    configure({ [KEY]: 'yes' });
    expect(await toggleSurprise()).toBe(true);
  });
});
