import { faultOf, SCHEMAS, SETTING_KEYS, type SettingKey, type SettingValue } from './declared-settings.ts';
import { type Message, message } from '../../common/localization/message.ts';

/** Settings that keep files out: where one cannot be read, no file is learnt. */
const FILE_SETTINGS: ReadonlySet<SettingKey> = new Set(['charRnn.corpus.include', 'charRnn.corpus.exclude']);

/** A setting whose value breaks the manifest's rules. */
export interface SettingFault {
  readonly key: SettingKey;
  /** What is wrong with it, and what happens until it is mended. */
  readonly sentence: Message;
  /** Whether nothing may be learnt until it is mended. */
  readonly forbidsLearning: boolean;
}

/** Gives the checked values of settings. */
export type GetSetting = <K extends SettingKey>(key: K) => SettingValue<K>;

/**
 * All settings whose values break the manifest's rules.
 * @param read the value as the user wrote it; undefined where there is none.
 */
export function faultsOf(read: (key: SettingKey) => unknown): SettingFault[] {
  return SETTING_KEYS.flatMap((key) => {
    const faults: Message[] = [];
    checkedSetting(key, read(key), (sentence) => faults.push(sentence));
    return faults.map((sentence) => ({ key, sentence, forbidsLearning: FILE_SETTINGS.has(key) }));
  });
}

/**
 * The value of a setting where what the user wrote breaks the manifest's rules, which editors pass
 * on nevertheless: the default, but suggestions stay off where they are not plainly on, and as little as possible is
 * marked.
 */
function carefulValue(key: SettingKey, value: unknown): unknown {
  if (key === 'charRnn.suggestions.beforeTraining') return false;
  if (key === 'charRnn.surprise.threshold') return SCHEMAS[key].maximum;
  if (key !== 'charRnn.suggestions.enabled') return SCHEMAS[key].default;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { '*': false };
  return Object.fromEntries(Object.entries(value).map(([language, isOn]) => [language, isOn === true]));
}

/**
 * The value of a setting, or a careful one where it is not valid.
 * @param set as the user wrote it; undefined where there is none.
 * @param onInvalid receives the reason as a sentence.
 */
export function checkedSetting<K extends SettingKey>(
  key: K,
  set: unknown,
  onInvalid: (sentence: Message) => void,
): SettingValue<K> {
  const schema = SCHEMAS[key];
  // For some settings, null is a value.
  const value = set === undefined ? schema.default : set;
  const fault = faultOf(value, schema);
  if (fault === undefined) return value as SettingValue<K>;
  const careful = carefulValue(key, value);
  onInvalid(
    FILE_SETTINGS.has(key)
      ? message`The setting ${key} is ${JSON.stringify(value)} but ${fault}, so nothing is learnt until it is mended.`
      : message`The setting ${key} is ${JSON.stringify(value)} but ${fault}, so ${JSON.stringify(careful)} is used.`,
  );
  return careful as SettingValue<K>;
}

/** Whether ghost text is on for a language: its own entry, else that of `*`, else true. */
export function isEnabledFor(enabled: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return enabled[languageId] ?? enabled['*'] ?? true;
}

/** Whether ghost text is on for any language. */
export function isEnabledAnywhere(enabled: Readonly<Record<string, boolean>>): boolean {
  return isEnabledFor(enabled, '*') || Object.values(enabled).includes(true);
}
