import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { setDisplayLanguage } from '../../src/common/localization/localize.ts';
import { message } from '../../src/common/localization/message.ts';
import { numberText } from '../../src/common/localization/numbers.ts';
import { failureOf, RemoteError } from '../../src/common/rpc/rpc-protocol.ts';
import { useDisplayLanguage } from '../../src/ui/display-language.ts';
import { notifyError } from '../../src/ui/status/notifications.ts';
import { obstacleText } from '../../src/ui/status/status-text.ts';
import { LANGUAGES, readTexts } from '../localization/languages.ts';
import { fake, l10n, resetFake } from '../vscode-fake/index.ts';

beforeEach(resetFake);
afterEach(() => setDisplayLanguage());

describe('the display language', () => {
  for (const language of LANGUAGES) {
    it(`is that of VS Code where there are translations: ${language}`, () => {
      const bundle = readTexts(`l10n/bundle.l10n.${language}.json`);
      Object.assign(fake, { language, bundle });
      useDisplayLanguage();
      expect(obstacleText('no-folder').text).toBe(bundle['Char-RNN: no folder open']);
      expect(obstacleText('no-folder').command.title).toBe(bundle['Open Folder']);
    });
  }

  it('is English where there are none', () => {
    Object.assign(fake, { language: 'fr' });
    const t = vi.spyOn(l10n, 't');
    useDisplayLanguage();
    expect(obstacleText('no-folder').text).toBe('Char-RNN: no folder open');
    expect(numberText(0.5, 2)).toBe('0.50');
    // It would warn of each text in the log.
    expect(t).not.toHaveBeenCalled();
  });

  it('is that of notifications, and English that of the log', () => {
    Object.assign(fake, { language: 'de', bundle: readTexts('l10n/bundle.l10n.de.json') });
    useDisplayLanguage();
    const logged: unknown[] = [];
    const error = new UserFacingError(
      message`There is no model file ${'/m'}; train a model first or name another file.`,
    );
    notifyError(new RemoteError(failureOf(error)), { error: (line) => void logged.push(line) });
    expect(logged).toEqual(['There is no model file /m; train a model first or name another file.']);
    expect(fake.notifications).toEqual([
      {
        sentence:
          'Es gibt keine Modelldatei /m; trainieren Sie zuerst ein Modell, oder nennen Sie eine andere Datei.',
        buttons: ['Protokoll anzeigen'],
      },
    ]);
  });
});
