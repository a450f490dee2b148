import { beforeEach, describe, expect, it } from 'vitest';
import { fake } from '../../../vscode-fake/index.ts';
import { invoke, providerFixture } from './provider-fixture.ts';

const { given, provide } = providerFixture();

describe('text that was hidden by hand', () => {
  const HIDE = 'editor.action.inlineSuggest.hide';
  const hide = async (): Promise<void> => fake.commands.get(HIDE)?.();
  let hidden: number;

  beforeEach(() => {
    hidden = 0;
    fake.ownCommands.set(HIDE, () => Promise.resolve(void hidden++));
  });

  it('is hidden by VS Code, as often as asked', async () => {
    await provide({ text: 'x = |' });
    await hide();
    await hide();
    expect(hidden).toBe(2);
  });

  it('stays away while its characters are typed', async () => {
    await provide({ text: 'x = |' });
    await provide({ text: 'x = f|' });
    await hide();
    given.answer = () => Promise.resolve({ text: 'o(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = fo|' })).toEqual([]);
    given.answer = () => Promise.resolve({ text: 'oo(b);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = f|' })).toEqual([]);
  });

  it('comes back when asked for by hand', async () => {
    await provide({ text: 'x = |' });
    await hide();
    expect(await provide({ text: 'x = |', triggerKind: invoke })).toEqual(['foo(a);']);
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('keeps no other text away', async () => {
    await provide({ text: 'x = |' });
    await hide();
    expect(await provide({ text: 'x = g|' })).toEqual(['foo(a);']);
    expect(await provide({ text: 'y = |' })).toEqual(['foo(a);']);
  });

  it('is not ours where nothing was shown', async () => {
    await provide({ text: 'x = |' });
    given.answer = () => Promise.resolve(undefined);
    await provide({ text: 'x = y|' });
    await hide();
    given.answer = () => Promise.resolve({ text: 'foo(a);', confidence: 1, alternatives: [] });
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
  });

  it('comes back where another extension has taken the command', async () => {
    let others = 0;
    fake.commands.set(HIDE, () => Promise.resolve(void others++));
    expect(await provide({ text: 'x = |' })).toEqual(['foo(a);']);
    await hide();
    expect(others).toBe(1);
    expect(await provide({ text: 'x = f|' })).toEqual(['oo(a);']);
  });

  it('is left to VS Code once the extension ends', async () => {
    await provide({ text: 'x = |' });
    expect(fake.commands.has(HIDE)).toBe(true);
    given.provider.dispose();
    expect(fake.commands.has(HIDE)).toBe(false);
  });
});
