import {
  checkedSetting,
  faultsOf,
  type SettingFault,
  type SettingKey,
  type SettingValue,
} from '../../session/index.ts';
import { lookUp } from './lookup.ts';

const MODEL_KEY = 'charRnn.model';
const COMPLETION_KEY = 'charRnn.completion';

/** The settings as the client sends them, nested under `charRnn`. */
export class ServerSettings {
  /** Of the client's configuration, which counts before that of the start. */
  private configuration: unknown;
  private readonly options: unknown;
  private readonly values = new Map<SettingKey, unknown>();

  /** @param options `initializationOptions`. */
  constructor(options: unknown) {
    this.options = options;
  }

  /** Takes over what the client's configuration says, and forgets what it said before. @param configuration with `charRnn` in it. */
  update(configuration: unknown): void {
    this.configuration = configuration;
    this.values.clear();
  }

  /** The checked value of a setting. */
  readonly get = <K extends SettingKey>(key: K): SettingValue<K> => {
    if (!this.values.has(key))
      this.values.set(
        key,
        checkedSetting(key, this.read(key), () => undefined),
      );
    return this.values.get(key) as SettingValue<K>;
  };

  /** All settings whose values are not valid. */
  faults(): SettingFault[] {
    return faultsOf((key) => this.read(key));
  }

  /** What is wrong with the settings that only the server has, a sentence each; the manifest does not declare them. */
  ownFaults(): string[] {
    const model = this.read(MODEL_KEY);
    // An object holds the settings whose keys begin with it.
    const isOther = typeof model === 'object' && !Array.isArray(model);
    const faults: string[] = [];
    if (model !== undefined && !isOther && !isPath(model)) {
      faults.push(
        `The setting ${MODEL_KEY} is ${JSON.stringify(model)} but must be the path of a file, so the model of this workspace is used.`,
      );
    }
    const completion = this.read(COMPLETION_KEY);
    if (!['boolean', 'undefined'].includes(typeof completion) && completion !== null) {
      faults.push(
        `The setting ${COMPLETION_KEY} is ${JSON.stringify(completion)} but must be of type boolean, so false is used.`,
      );
    }
    return faults;
  }

  /** The model file that the user named; undefined where it is that of the workspace. */
  get modelFile(): string | undefined {
    const value = this.read(MODEL_KEY);
    return isPath(value) && value !== '' ? value : undefined;
  }

  /** Whether suggestions are wanted as items of `textDocument/completion`, too. */
  get completes(): boolean {
    return this.read(COMPLETION_KEY) === true;
  }

  private read(key: string): unknown {
    const set = lookUp(this.configuration, key);
    return set === undefined ? lookUp(this.options, key) : set;
  }
}

/** Whether a value can be the path of a file, which no system lets have a NUL in it. */
function isPath(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}
