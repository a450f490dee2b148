import * as vscode from 'vscode';
import manifest from '../package.json';
import type { Eagerness } from './completion/index.ts';
import type { Cell, Optimizer } from './model/index.ts';

/** To TypeScript, every section has the keys of all sections; those of other sections are undefined. */
type Sections = (typeof manifest.contributes.configuration)[number]['properties'];
type Declared = { [K in keyof Sections]-?: NonNullable<Sections[K]> };

/** Types that cannot be inferred from the manifest's defaults. */
interface Refined {
  'charRnn.suggestions.enabled': Readonly<Record<string, boolean>>;
  'charRnn.suggestions.eagerness': Eagerness;
  'charRnn.corpus.include': readonly string[];
  'charRnn.corpus.exclude': readonly string[];
  'charRnn.model.cell': Cell;
  'charRnn.model.embedding': number | null;
  'charRnn.training.steps': number | null;
  'charRnn.training.optimizer': Optimizer;
  'charRnn.engine': 'auto' | 'wasm' | 'tensorflow';
}

export type SettingKey = keyof Declared & `charRnn.${string}`;
type Widened<T> = T extends number ? number : T extends string ? string : T;
export type SettingValue<K extends SettingKey> = K extends keyof Refined
  ? Refined[K]
  : Declared[K] extends { default: infer D }
    ? Widened<D>
    : never;

interface Schema {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

const SCHEMAS = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Record<SettingKey, Schema>;

/** Keys of all settings, as the manifest declares them. */
export const SETTING_KEYS = Object.keys(SCHEMAS) as SettingKey[];

/** Settings that keep files out: where one cannot be read, no file is learnt. */
const FILE_SETTINGS: ReadonlySet<SettingKey> = new Set(['charRnn.corpus.include', 'charRnn.corpus.exclude']);

/** A setting whose value breaks the manifest's rules. */
export interface SettingFault {
  readonly key: SettingKey;
  /** What is wrong with it, and what happens until it is mended. */
  readonly sentence: string;
  /** Whether nothing may be learnt until it is mended. */
  readonly forbidsLearning: boolean;
}

/** All settings whose values break the manifest's rules. */
export function settingFaults(): SettingFault[] {
  return SETTING_KEYS.flatMap((key) => {
    const faults: string[] = [];
    readSetting(key, (sentence) => faults.push(sentence));
    return faults.map((sentence) => ({ key, sentence, forbidsLearning: FILE_SETTINGS.has(key) }));
  });
}

/**
 * The value of a setting where what the user wrote breaks the manifest's rules, which VS Code underlines in
 * settings.json but returns nevertheless: the default, but suggestions stay off where they are not plainly on, and as
 * little as possible is marked.
 */
function carefulValue(key: SettingKey, value: unknown): unknown {
  if (key === 'charRnn.suggestions.beforeTraining') return false;
  if (key === 'charRnn.surprise.threshold') return SCHEMAS[key].maximum;
  if (key !== 'charRnn.suggestions.enabled') return SCHEMAS[key].default;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { '*': false };
  return Object.fromEntries(Object.entries(value).map(([language, isOn]) => [language, isOn === true]));
}

/** The value of a setting, or a careful one where it is not valid; `onInvalid` receives the reason as a sentence. */
export function readSetting<K extends SettingKey>(
  key: K,
  onInvalid: (sentence: string) => void,
): SettingValue<K> {
  const schema = SCHEMAS[key];
  const set: unknown = vscode.workspace.getConfiguration().get(key);
  // For some settings, null is a value.
  const value = set === undefined ? schema.default : set;
  const fault = faultOf(value, schema);
  if (fault === undefined) return value as SettingValue<K>;
  const careful = carefulValue(key, value);
  const effect = FILE_SETTINGS.has(key)
    ? 'nothing is learnt until it is mended'
    : `${JSON.stringify(careful)} is used`;
  onInvalid(`The setting ${key} is ${JSON.stringify(value)} but ${fault}, so ${effect}.`);
  return careful as SettingValue<K>;
}

/** Caches settings that are read at every keystroke: each is read and checked once after a change. */
export class Settings implements vscode.Disposable {
  private readonly values = new Map<SettingKey, unknown>();
  private readonly onInvalid: (sentence: string) => void;
  private readonly listener: vscode.Disposable;

  constructor(onInvalid: (sentence: string) => void) {
    this.onInvalid = onInvalid;
    this.listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('charRnn')) this.values.clear();
    });
  }

  get<K extends SettingKey>(key: K): SettingValue<K> {
    if (!this.values.has(key)) this.values.set(key, readSetting(key, this.onInvalid));
    return this.values.get(key) as SettingValue<K>;
  }

  dispose(): void {
    this.listener.dispose();
  }
}

/** Why a value breaks its schema, as the end of a sentence; undefined when it does not. */
export function faultOf(value: unknown, schema: Schema): string | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (!types.some((type) => hasType(value, type))) return `must be of type ${types.join(' or ')}`;
  if (schema.enum && !schema.enum.includes(value as string))
    return `must be one of ${schema.enum.join(', ')}`;
  if (typeof value !== 'number') return undefined;
  if (schema.minimum !== undefined && value < schema.minimum) return `must be at least ${schema.minimum}`;
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    return `must be above ${schema.exclusiveMinimum}`;
  }
  if (schema.maximum !== undefined && value > schema.maximum) return `must be at most ${schema.maximum}`;
  return undefined;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'object':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((item) => typeof item === 'boolean')
      );
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

/** Whether ghost text is on for a language: its own entry, else that of `*`, else true. */
export function isEnabledFor(enabled: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return enabled[languageId] ?? enabled['*'] ?? true;
}

/** Whether ghost text is on for any language. */
export function isEnabledAnywhere(enabled: Readonly<Record<string, boolean>>): boolean {
  return isEnabledFor(enabled, '*') || Object.values(enabled).includes(true);
}
