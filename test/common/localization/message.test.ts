import { afterEach, describe, expect, it } from 'vitest';
import { messageOf, UserFacingError } from '../../../src/common/errors.ts';
import { localize, localized, setDisplayLanguage } from '../../../src/common/localization/localize.ts';
import {
  englishText,
  figure,
  fillTemplate,
  isMessage,
  message,
} from '../../../src/common/localization/message.ts';
import { bitsPerCharacterText, numberText, percentText } from '../../../src/common/localization/numbers.ts';
import { failureOf, RemoteError } from '../../../src/common/rpc/rpc-protocol.ts';

/** Upper case stands for a translation; `{0}` has no letters. */
const LOUD = {
  tag: 'de',
  translate: (template: string, values: readonly (string | number)[]) =>
    fillTemplate(template.toUpperCase(), values),
};

afterEach(() => setDisplayLanguage());

describe('a message', () => {
  const reason = message`the disk ${'/dev/{1}'} is full`;
  const sentence = message`${'model'} was not saved, because ${reason}; ${3} times.`;

  it('has its values apart from its text', () => {
    expect(reason).toEqual({ template: 'the disk {0} is full', values: ['/dev/{1}'] });
    expect(sentence.template).toBe('{0} was not saved, because {1}; {2} times.');
  });

  it('is in English with all that is in it', () => {
    expect(englishText(sentence)).toBe('model was not saved, because the disk /dev/{1} is full; 3 times.');
    expect(englishText('As it is.')).toBe('As it is.');
  });

  it('is translated with the messages in it, but for texts that are values', () => {
    setDisplayLanguage(LOUD);
    expect(localized(sentence)).toBe('model WAS NOT SAVED, BECAUSE THE DISK /dev/{1} IS FULL; 3 TIMES.');
    expect(localized('As it is.')).toBe('As it is.');
    expect(localize`step ${1}`).toBe('STEP 1');
  });

  it('has figures with the decimal sign of the language', () => {
    const size = message`${figure(1.26, 1)} GiB`;
    expect(englishText(size)).toBe('1.3 GiB');
    setDisplayLanguage(LOUD);
    expect(localized(size)).toBe('1,3 GIB');
  });

  it('is told apart from anything else', () => {
    expect(isMessage(structuredClone(sentence))).toBe(true);
    for (const other of ['text', 1, null, undefined, {}, { template: 'x' }, { values: [] }])
      expect(isMessage(other)).toBe(false);
  });

  it('keeps a placeholder that has no value', () => {
    expect(fillTemplate('{0} of {1}', [1])).toBe('1 of {1}');
  });
});

describe('an error for a person', () => {
  const error = new UserFacingError(message`The file ${'a.txt'} is gone.`, { code: 'gone' });

  it('has its sentence in English, for the log', () => expect(error.message).toBe('The file a.txt is gone.'));

  it('is translated behind the boundary of a process', () => {
    setDisplayLanguage(LOUD);
    const remote = new RemoteError(structuredClone(failureOf(error)));
    expect(remote.message).toBe('The file a.txt is gone.');
    expect(remote.code).toBe('gone');
    expect(localized(messageOf(remote))).toBe('THE FILE a.txt IS GONE.');
  });

  it('of the system or of a broken worker stays a text', () => {
    expect(messageOf(new TypeError('x is undefined'))).toBe('x is undefined');
    const broken = new RemoteError({ sentence: {} as string, detail: '' });
    expect(broken.message).toMatch(/failed without saying why/);
  });
});

describe('numbers', () => {
  it('are written as the display language does', () => {
    expect(numberText(1234.5, 2)).toBe('1,234.50');
    expect(bitsPerCharacterText(1.916)).toBe('1.92 bits per character');
    setDisplayLanguage(LOUD);
    expect(numberText(1234.5, 2)).toBe('1.234,50');
    expect(percentText(0.999)).toBe('99 %');
  });
});
