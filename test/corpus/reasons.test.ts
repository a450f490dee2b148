import { describe, expect, it } from 'vitest';
import { englishText, figure } from '../../src/common/localization/message.ts';
import { readFailure } from '../../src/common/system-errors.ts';
import { kindOfReason, reasonMessage } from '../../src/corpus/index.ts';
import { varyingReason, VARYING_REASONS } from '../../src/corpus/reasons.ts';
import { LANGUAGES, readTexts } from '../localization/languages.ts';

describe('a reason for which a file is left out', () => {
  it.each([
    ['ignored by .gitignore', 'ignoredBy', ['.gitignore']],
    ['larger than 0.5 MiB', 'tooLarge', [figure(0.5, 1)]],
    ['lines 1 to 3 look like a credential', 'credentialLines', ['1', '3']],
    ['no file matches the pattern "src/{0}\\n(" of the settings', 'unmatched', ['"src/{0}\\n("']],
    ['cannot be read: EIO', 'unreadable', ['EIO']],
    ['binary', undefined, []],
    ['a reason of {0} an older version', undefined, []],
  ])('is found again in its English text: %s', (reason, kind, values) => {
    expect(kindOfReason(reason)).toBe(kind);
    expect(reasonMessage(reason).values).toEqual(values);
    expect(englishText(reasonMessage(reason))).toBe(reason);
  });

  it('is made and found by the same template', () => {
    expect(kindOfReason(varyingReason('rareCharacters', '0.3', 2048))).toBe('rareCharacters');
    expect(reasonMessage(readFailure(Object.assign(new Error(), { code: 'EACCES' }))).values).toEqual([]);
  });

  it('has no kind whose text is that of another one', () => {
    const made = Object.entries(VARYING_REASONS).map(
      ([kind, make]) => [kind, englishText((make as (...of: string[]) => never)('1', '2'))] as const,
    );
    for (const [kind, text] of made) expect(kindOfReason(text)).toBe(kind);
  });

  it('has translations where it is the same for all files', () => {
    for (const language of LANGUAGES) {
      const texts = readTexts(`l10n/bundle.l10n.${language}.json`);
      expect(texts[reasonMessage('binary').template]).toBeTruthy();
    }
  });
});
