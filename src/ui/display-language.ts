import * as vscode from 'vscode';
import { setDisplayLanguage } from '../common/localization/localize.ts';

/** Shows texts in VS Code's display language from here on where l10n/ has translations for it, else in English. */
export function useDisplayLanguage(): void {
  // Without translations, `vscode.l10n.t` writes a warning to the log for each text.
  if (vscode.l10n.bundle === undefined) return setDisplayLanguage();
  setDisplayLanguage({
    tag: vscode.env.language,
    translate: (template, values) => vscode.l10n.t(template, ...values),
  });
}
