import { afterEach, describe, expect, it } from 'vitest';
import { languageOf, localized, setDisplayLanguage } from '../../src/common/localization/localize.ts';
import { createWasmEngine, ENGINE_REASONS, engineReasonMessage } from '../../src/engine/index.ts';
import { varyingReason, withDetails } from '../../src/engine/reasons.ts';
import { LANGUAGES, readTexts } from '../localization/languages.ts';

afterEach(() => setDisplayLanguage());

const shown = (reason: string) => localized(engineReasonMessage(reason));
const inGerman = () => setDisplayLanguage(languageOf('de', readTexts('l10n/bundle.l10n.de.json')));

describe('the reason for an engine', () => {
  it('is translated with all its parts', async () => {
    const { details } = await createWasmEngine({ threads: 2 });
    const reason = withDetails(ENGINE_REASONS.notInstalled, details);
    expect(reason).toBe('TensorFlow is not installed; 2 threads, plain kernels (asked for)');
    expect(shown(reason)).toBe(reason);
    inGerman();
    expect(shown(reason)).toBe('TensorFlow ist nicht installiert; 2 Threads, Kernel plain (verlangt)');
    const speeds = varyingReason('speeds', 90, 80);
    const slow = varyingReason('oneThread', 'plain', varyingReason('wideTooSlow', speeds));
    expect(shown(withDetails(varyingReason('fasterThanTensorFlow', '96000', '61000'), slow))).toBe(
      'in einem Versuch 96000 Zeichen pro Sekunde, TensorFlow 61000; 1 Thread, Kernel plain (breite erreichen 90 gegenüber 80 GFLOP/s)',
    );
    expect(shown(ENGINE_REASONS.notChosen)).toBe('beendet, bevor eine Engine gewählt war');
  });

  it('keeps what others have said', () => {
    inGerman();
    expect(shown(varyingReason('doesNotLoad', 'no {0}; of libc'))).toBe(
      'TensorFlow lässt sich nicht laden: no {0}; of libc',
    );
    expect(shown('imported from a.pt')).toBe('imported from a.pt');
    expect(shown('the faster one; of two')).toBe('the faster one; of two');
  });

  it('has translations where it is always the same', () => {
    for (const language of LANGUAGES) {
      const texts = readTexts(`l10n/bundle.l10n.${language}.json`);
      for (const reason of Object.values(ENGINE_REASONS)) expect(texts[reason], reason).toBeTruthy();
    }
  });
});
