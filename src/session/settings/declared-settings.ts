import manifest from '../../../package.json';
import { type Message, message } from '../../common/localization/message.ts';
import type { Eagerness } from '../../completion/index.ts';
import type { Cell, Optimizer } from '../../model/index.ts';

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

/** What the manifest declares of a setting. */
export interface Schema {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** The declarations of all settings by key. */
export const SCHEMAS = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Record<SettingKey, Schema>;

/** Keys of all settings, as the manifest declares them. */
export const SETTING_KEYS = Object.keys(SCHEMAS) as SettingKey[];

/** Why a value breaks its schema, as the end of a sentence; undefined when it does not. */
export function faultOf(value: unknown, schema: Schema): Message | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (!types.some((type) => hasType(value, type))) {
    const [type, other] = types;
    return other === undefined
      ? message`must be of type ${type}`
      : message`must be of type ${type} or ${other}`;
  }
  if (schema.enum && !schema.enum.includes(value as string))
    return message`must be one of ${schema.enum.join(', ')}`;
  if (typeof value !== 'number') return undefined;
  if (schema.minimum !== undefined && value < schema.minimum)
    return message`must be at least ${schema.minimum}`;
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    return message`must be above ${schema.exclusiveMinimum}`;
  }
  if (schema.maximum !== undefined && value > schema.maximum)
    return message`must be at most ${schema.maximum}`;
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
