import { beforeEach, describe, expect, it } from 'vitest';
import { englishText, type Message } from '../src/common/localization/message.ts';
import { isEnabledFor, SETTING_KEYS } from '../src/session/index.ts';
import { readSetting, settingFaults, Settings } from '../src/settings.ts';
import { defaultTrainingOptions } from '../src/training/index.ts';
import { configure, fake, resetFake } from './vscode-fake/index.ts';

const set = (key: string, value: unknown): void => {
  fake.settings.global = { ...fake.settings.global, [key]: value };
};

describe('settings', () => {
  beforeEach(resetFake);

  it('give their defaults where nothing is set', () => {
    const complaints: string[] = [];
    for (const key of SETTING_KEYS) readSetting(key, (fault) => complaints.push(englishText(fault)));
    expect(complaints).toEqual([]);
    expect(SETTING_KEYS).toContain('charRnn.temperature');
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
  ] as const) {
    it(`${key} = ${JSON.stringify(value)} falls back to the default and says why`, () => {
      const complaints: string[] = [];
      const standard = readSetting(key, () => undefined);
      set(key, value);
      expect(readSetting(key, (fault) => complaints.push(englishText(fault)))).toEqual(standard);
      expect(complaints).toHaveLength(1);
      expect(complaints[0]).toMatch(why);
    });
  }

  for (const [value, careful] of [
    [{ c: 'yes' }, { c: false }],
    [
      { '*': false, python: 'on' },
      { '*': false, python: false },
    ],
    [
      { '*': true, c: 1 },
      { '*': true, c: false },
    ],
    [false, { '*': false }],
    [['c'], { '*': false }],
    ['off', { '*': false }],
  ] as const)
    it(`charRnn.suggestions.enabled = ${JSON.stringify(value)} leaves suggestions off where it is not valid`, () => {
      const complaints: string[] = [];
      set('charRnn.suggestions.enabled', value);
      expect(
        readSetting('charRnn.suggestions.enabled', (fault) => complaints.push(englishText(fault))),
      ).toEqual(careful);
      expect(complaints).toEqual([expect.stringContaining('of type object')]);
    });

  it('that keep files out forbid learning where they are not valid', () => {
    expect(settingFaults()).toEqual([]);
    set('charRnn.corpus.exclude', 'secret/**');
    set('charRnn.temperature', 'hot');
    const faults = settingFaults().map((fault) => ({ ...fault, sentence: englishText(fault.sentence) }));
    expect(faults).toEqual([
      {
        key: 'charRnn.temperature',
        sentence: 'The setting charRnn.temperature is "hot" but must be of type number, so 0 is used.',
        forbidsLearning: false,
      },
      {
        key: 'charRnn.corpus.exclude',
        sentence:
          'The setting charRnn.corpus.exclude is "secret/**" but must be of type array, so nothing is learnt until it is mended.',
        forbidsLearning: true,
      },
    ]);
  });

  it('take null where it means something', () => {
    set('charRnn.model.embedding', null);
    expect(
      readSetting('charRnn.model.embedding', (fault): never => expect.fail(englishText(fault))),
    ).toBeNull();
    const complaints: string[] = [];
    set('charRnn.temperature', null);
    expect(readSetting('charRnn.temperature', (fault) => complaints.push(englishText(fault)))).toBe(0);
    expect(complaints).toEqual([expect.stringContaining('of type number')]);
  });

  it('accept what the manifest allows', () => {
    set('charRnn.training.steps', 7);
    set('charRnn.corpus.exclude', ['third_party/']);
    const refuse = (fault: Message): never => expect.fail(englishText(fault));
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
  beforeEach(resetFake);

  it('count at once, and tell a fault once after each change', () => {
    const complaints: string[] = [];
    const settings = new Settings((fault) => complaints.push(englishText(fault)));
    const standard = settings.get('charRnn.temperature');
    configure({ 'charRnn.temperature': 9 });
    expect([settings.get('charRnn.temperature'), settings.get('charRnn.temperature')]).toEqual([
      standard,
      standard,
    ]);
    expect(complaints).toHaveLength(1);
    configure({ 'charRnn.temperature': 1.5 });
    expect(settings.get('charRnn.temperature')).toBe(1.5);
    expect(complaints).toHaveLength(1);
    settings.dispose();
    expect(fake.events.configuration.listenerCount).toBe(0);
  });

  it('are not looked up again after a change of other settings', () => {
    const settings = new Settings(() => undefined);
    const standard = settings.get('charRnn.temperature');
    set('charRnn.temperature', 1.5);
    configure({ 'editor.fontSize': 12 });
    expect(settings.get('charRnn.temperature')).toBe(standard);
    settings.dispose();
  });
});
