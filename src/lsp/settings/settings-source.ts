import {
  type Connection,
  DidChangeConfigurationNotification,
  MessageType,
  ShowMessageNotification,
  type ShowMessageParams,
} from 'vscode-languageserver/node';
import { sentenceOf } from '../../common/errors.ts';
import { englishText } from '../../common/localization/message.ts';
import { answersInTime } from '../answers-in-time.ts';
import type { ClientAbilities } from '../client-abilities.ts';
import type { ServerLog } from '../log.ts';
import { fieldsOf } from '../params.ts';
import type { ServerSettings } from './server-settings.ts';

const SECTION = 'charRnn';

type SettingsAbilities = Pick<ClientAbilities, 'answersSettings' | 'reportsSettings'>;

/** Keeps the settings in step with the client's configuration, and shows what is wrong with one once. */
export class SettingsSource {
  private readonly connection: Connection;
  private readonly settings: ServerSettings;
  private readonly abilities: SettingsAbilities;
  private readonly log: ServerLog;
  private readonly onChange: () => void;
  private readonly shown = new Set<string>();
  /** Grows with each question and each configuration that was sent; the answer to an older question is dropped. */
  private generation = 0;

  constructor(
    connection: Connection,
    settings: ServerSettings,
    abilities: SettingsAbilities,
    log: ServerLog,
    onChange: () => void,
  ) {
    this.connection = connection;
    this.settings = settings;
    this.abilities = abilities;
    this.log = log;
    this.onChange = onChange;
  }

  /** Settles when the settings are known. */
  async start(): Promise<void> {
    if (this.abilities.reportsSettings) {
      const registered = this.connection.client.register(DidChangeConfigurationNotification.type, {
        section: SECTION,
      });
      registered.catch((error: unknown) =>
        this.log.warn(`changes of settings are not reported: ${sentenceOf(error)}`),
      );
    }
    if (!this.abilities.answersSettings) return this.check();
    if (await answersInTime(this.pull())) return;
    this.log.warn('the client does not say its settings, so those of the start count until it does');
    this.check();
  }

  /** `workspace/didChangeConfiguration`: some clients send the settings, others say only that they changed. */
  async change(params: unknown): Promise<void> {
    const { settings } = fieldsOf(params);
    if (SECTION in fieldsOf(settings)) this.update(settings);
    else if (this.abilities.answersSettings) await this.pull();
  }

  private async pull(): Promise<void> {
    const generation = ++this.generation;
    try {
      const own: unknown = await this.connection.workspace.getConfiguration(SECTION);
      if (generation !== this.generation) return;
      if (own !== null && own !== undefined) this.update({ [SECTION]: own });
      else this.check();
    } catch (error) {
      this.log.warn(`the client does not say its settings: ${sentenceOf(error)}`);
      this.check();
    }
  }

  private update(configuration: unknown): void {
    this.generation++;
    this.settings.update(configuration);
    this.check();
    this.onChange();
  }

  private check(): void {
    const declared = this.settings
      .faults()
      .map(({ sentence, forbidsLearning }) => ({ sentence: englishText(sentence), forbidsLearning }));
    const own = this.settings.ownFaults().map((sentence) => ({ sentence, forbidsLearning: false }));
    const news = [...declared, ...own].filter(({ sentence }) => !this.shown.has(sentence));
    for (const { sentence } of news) {
      this.shown.add(sentence);
      this.log.warn(sentence);
    }
    // What forbids learning matters most; one message at a time is enough.
    const first = news.find(({ forbidsLearning }) => forbidsLearning) ?? news[0];
    if (first) {
      const shown: ShowMessageParams = { type: MessageType.Error, message: first.sentence };
      void this.connection.sendNotification(ShowMessageNotification.type, shown);
    }
  }
}
