import {
  checkedSetting,
  faultsOf,
  type SettingFault,
  type SettingKey,
  type SettingValue,
} from '../../session/index.ts';
import { lookUp } from './lookup.ts';

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

  /** The model file that the user named; undefined where it is that of the workspace. */
  get modelFile(): string | undefined {
    const value = this.read('charRnn.model');
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** Whether suggestions are wanted as items of `textDocument/completion`, too. */
  get completes(): boolean {
    return this.read('charRnn.completion') === true;
  }

  private read(key: string): unknown {
    const set = lookUp(this.configuration, key);
    return set === undefined ? lookUp(this.options, key) : set;
  }
}
