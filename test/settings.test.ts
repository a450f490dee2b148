import { beforeEach, describe, expect, it, vi } from 'vitest';

const values = new Map<string, unknown>();
type ChangeListener = (change: { affectsConfiguration(section: string): boolean }) => void;
const listeners = new Set<ChangeListener>();
vi.mock('vscode', () => ({
  workspace: {
    getConfiguration: () => ({ get: (key: string) => values.get(key) }),
    onDidChangeConfiguration: (listener: ChangeListener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  },
}));

const { Settings, isEnabledFor, readSetting, settingKeys } = await import('../src/settings.ts');
const { defaultTrainingOptions } = await import('../src/training/index.ts');

describe('settings', () => {
  beforeEach(() => values.clear());

  it('give their defaults where nothing is set', () => {
    const complaints: string[] = [];
    for (const key of settingKeys) readSetting(key, (fault) => complaints.push(fault));
    expect(complaints).toEqual([]);
    expect(settingKeys).toContain('charRnn.temperature');
  });

  it('have the defaults of the command line, but for the network and the smaller steps of the editor', () => {
    const { cell, layers, units, embedding, dropout, ...training } = {
      ...defaultTrainingOptions,
      layers: 1,
      units: 256,
      embedding: 64,
      batchSize: 32,
      sequenceLength: 32,
      learningRate: 0.004,
    };
    const read = (key: string): unknown => readSetting(key as never, () => undefined);
    for (const [name, value] of Object.entries({ cell, layers, units, embedding, dropout })) {
      expect([name, read(`charRnn.model.${name}`)]).toEqual([name, value]);
    }
    for (const [name, value] of Object.entries(training)) {
      expect([name, read(`charRnn.training.${name}`)]).toEqual([name, value]);
    }
  });

  for (const { key, value, why } of [
    { key: 'charRnn.temperature', value: 3, why: /at most 2/ },
    { key: 'charRnn.temperature', value: -0.1, why: /at least 0/ },
    { key: 'charRnn.temperature', value: 'hot', why: /of type number/ },
    { key: 'charRnn.temperature', value: NaN, why: /of type number/ },
    { key: 'charRnn.model.units', value: 12.5, why: /of type integer/ },
    { key: 'charRnn.training.learningRate', value: 0, why: /above 0/ },
    { key: 'charRnn.training.steps', value: 'all', why: /integer or null/ },
    { key: 'charRnn.engine', value: 'gpu', why: /one of auto, wasm/ },
    { key: 'charRnn.corpus.include', value: [1], why: /of type array/ },
    { key: 'charRnn.suggestions.enabled', value: { c: 'yes' }, why: /of type object/ },
  ] as const) {
    it(`${key} = ${JSON.stringify(value)} falls back to the default and says why`, () => {
      const complaints: string[] = [];
      const standard = readSetting(key, () => undefined);
      values.set(key, value);
      expect(readSetting(key, (fault) => complaints.push(fault))).toEqual(standard);
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).toMatch(why);
    });
  }

  it('accept what the manifest allows', () => {
    values.set('charRnn.training.steps', 7);
    values.set('charRnn.corpus.exclude', ['third_party/']);
    const refuse = (fault: string): never => expect.fail(fault);
    expect(readSetting('charRnn.training.steps', refuse)).toBe(7);
    expect(readSetting('charRnn.corpus.exclude', refuse)).toEqual(['third_party/']);
  });

  it('switch ghost text by language, then by *, and are on otherwise', () => {
    expect(isEnabledFor({ '*': true, markdown: false }, 'markdown')).toBe(false);
    expect(isEnabledFor({ '*': false, c: true }, 'c')).toBe(true);
    expect(isEnabledFor({ '*': false }, 'go')).toBe(false);
    expect(isEnabledFor({}, 'go')).toBe(true);
  });
});

describe('settings kept until they change', () => {
  const change = (section: string): void => {
    for (const listener of listeners)
      listener({ affectsConfiguration: (asked) => section.startsWith(asked) });
  };

  it('count at once, and tell a fault once after each change', () => {
    values.clear();
    const complaints: string[] = [];
    const settings = new Settings((fault) => complaints.push(fault));
    const standard = settings.get('charRnn.temperature');
    values.set('charRnn.temperature', 9);
    change('charRnn.temperature');
    expect([settings.get('charRnn.temperature'), settings.get('charRnn.temperature')]).toEqual([
      standard,
      standard,
    ]);
    expect(complaints).toHaveLength(1);
    values.set('charRnn.temperature', 1.5);
    change('charRnn.temperature');
    expect(settings.get('charRnn.temperature')).toBe(1.5);
    expect(complaints).toHaveLength(1);
    settings.dispose();
    expect(listeners.size).toBe(0);
  });

  it('are not looked up again after a change of other settings', () => {
    values.clear();
    const settings = new Settings(() => undefined);
    const standard = settings.get('charRnn.temperature');
    values.set('charRnn.temperature', 1.5);
    change('editor.fontSize');
    expect(settings.get('charRnn.temperature')).toBe(standard);
    settings.dispose();
  });
});
