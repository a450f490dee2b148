import { type PanelContent, type Span, SPANS } from '../../protocol.ts';
import { type Message, message } from '../../../common/localization/message.ts';
import { localized, localize } from '../../../common/localization/localize.ts';
import { countsRow, totalCounts } from '../../view-model/texts.ts';
import { byId, element, table } from '../elements.ts';
import type { Section } from './section.ts';

const TITLES: Readonly<Record<Span, Message>> = {
  today: message`Today`,
  week: message`Last 7 days`,
  weeks: message`Last 4 weeks`,
};
const HEADINGS = [
  message`Language`,
  message`Shown`,
  message`Taken`,
  message`Part taken`,
  message`Characters saved`,
  message`Still there after 5 min`,
  message`Part still there`,
];

/** Suggestions of today and the last weeks, by language. */
export class SuggestionsSection implements Section {
  private readonly tables = byId('count-tables');

  show({ counts }: PanelContent, before: PanelContent): void {
    if (counts === before.counts && this.tables.childElementCount > 0) return;
    // Without any in the longest span, that is said once.
    const all = Object.keys(SPANS) as Span[];
    const spans = Object.keys(counts.weeks).length === 0 ? (['weeks'] as const) : all;
    this.tables.replaceChildren(...spans.map((span) => spanElement(localized(TITLES[span]), counts[span])));
  }
}

function spanElement(title: string, counts: PanelContent['counts'][Span]): HTMLElement {
  const languages = Object.entries(counts).sort(([, a], [, b]) => b.shown - a.shown);
  if (languages.length === 0)
    return element('p', { className: 'hint' }, localize`${title}: no suggestion was shown.`);
  const rows = languages.map(([language, of]) => countsRow(language, of));
  const total = countsRow(localize`All`, totalCounts(Object.values(counts)));
  return table(title, HEADINGS.map(localized), rows.length > 1 ? [...rows, total] : rows);
}
