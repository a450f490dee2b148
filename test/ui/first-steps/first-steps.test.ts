import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../../package.json';
import { Experience } from '../../../src/ui/first-steps/experience.ts';
import {
  firstStepsDecision,
  type FirstStepsInputs,
  openFirstSteps,
  WALKTHROUGH,
} from '../../../src/ui/first-steps/first-steps.ts';
import { configure, ExtensionMode, fake, resetFake, UIKind } from '../../vscode-fake/index.ts';

const inputs: FirstStepsInputs = {
  hasSeen: false,
  isExperienced: false,
  isAllowed: true,
  isOpenedByEditor: false,
  isInstalled: true,
  isWeb: false,
  isFocused: true,
  obstacle: undefined,
};

describe('the walkthrough', () => {
  it('is the one of the manifest', () => {
    const [{ id }] = manifest.contributes.walkthroughs;
    expect(WALKTHROUGH).toBe(`${manifest.publisher}.${manifest.name}#${id}`);
  });

  it('is opened in a window with a trusted folder', () => expect(firstStepsDecision(inputs)).toBe('now'));

  it.each<[string, Partial<FirstStepsInputs>]>([
    ['it was opened before', { hasSeen: true }],
    ['the person knows their way', { isExperienced: true }],
    ['VS Code is not to open walkthroughs', { isAllowed: false }],
    ['VS Code does so', { isOpenedByEditor: true }],
    ['it was opened before, whatever the window', { hasSeen: true, isWeb: true }],
  ])('is never opened where %s', (_, change) => {
    expect(firstStepsDecision({ ...inputs, ...change })).toBe('never');
  });

  it.each<[string, Partial<FirstStepsInputs>]>([
    ['is restricted', { obstacle: 'untrusted' }],
    ['has no folder', { obstacle: 'no-folder' }],
    ['shows a virtual workspace', { obstacle: 'virtual' }],
    ['is in a browser', { isWeb: true }],
    ['is in the background', { isFocused: false }],
    ['is that of a test', { isInstalled: false }],
  ])('waits for another window where this one %s', (_, change) => {
    expect(firstStepsDecision({ ...inputs, ...change })).toBe('later');
  });
});

describe('opening it', () => {
  const uptime = vi.spyOn(process, 'uptime');
  let stored: Map<string, unknown>;
  let opened: unknown[];
  let version: string | undefined;

  beforeEach(() => {
    resetFake();
    uptime.mockReturnValue(5);
    stored = new Map();
    opened = [];
    version = undefined;
    fake.ownCommands.set('workbench.action.openWalkthrough', (id) => Promise.resolve(void opened.push(id)));
  });
  afterAll(() => uptime.mockRestore());

  async function start(obstacle?: 'untrusted'): Promise<void> {
    await openFirstSteps({
      experience: new Experience({
        get: (key: string) => stored.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
      }),
      context: { extensionMode: ExtensionMode.Production },
      obstacle,
      store: { version: () => Promise.resolve(version) },
    });
  }

  it('happens once', async () => {
    await start();
    await start();
    expect(opened).toEqual([WALKTHROUGH]);
  });

  it('is left to VS Code where the extension was installed while the window was open', async () => {
    uptime.mockReturnValue(61);
    await start();
    uptime.mockReturnValue(5);
    await start();
    expect(opened).toEqual([]);
  });

  it('is for nobody who has a model or does not want it, even later', async () => {
    version = '1';
    await start();
    version = undefined;
    await start();
    expect(opened).toEqual([]);
    stored.clear();
    configure({ 'workbench.welcomePage.walkthroughs.openOnInstall': false });
    await start();
    configure({ 'workbench.welcomePage.walkthroughs.openOnInstall': true });
    await start();
    expect(opened).toEqual([]);
  });

  it('waits for a window with a trusted folder', async () => {
    await start('untrusted');
    fake.uiKind = UIKind.Web;
    await start();
    expect(opened).toEqual([]);
    fake.uiKind = UIKind.Desktop;
    await start();
    expect(opened).toEqual([WALKTHROUGH]);
  });
});
