import type { PanelContent } from '../protocol.ts';
import { joinUpdates, NO_CONTENT, updated } from '../view-model/state.ts';
import { coalesced } from './coalesce.ts';
import { keep, keptState, receive, send } from './connection.ts';
import { useLanguageOfMarkup } from './display-language.ts';
import { CorpusSection } from './sections/corpus.ts';
import { CurvesSection } from './sections/curves.ts';
import { NetworkSection } from './sections/network.ts';
import { StateSection } from './sections/state.ts';
import { SuggestionsSection } from './sections/suggestions.ts';
import { WritingSection } from './sections/writing.ts';

/** The page is drawn anew at most so often, however many updates come. */
const DRAW_INTERVAL_MS = 500;

useLanguageOfMarkup();

const kept = keptState();

let content: PanelContent = NO_CONTENT;
/** What came since the page was drawn. */
let pending: Partial<PanelContent> = {};
/** How often the page was drawn, which tests wait for. */
let draws = 0;

const corpus = new CorpusSection();
const sections = [
  new StateSection(),
  new CurvesSection(),
  new WritingSection(),
  corpus,
  new NetworkSection(),
  new SuggestionsSection(),
];

const draw = coalesced(() => {
  const before = content;
  content = updated(content, pending);
  pending = {};
  for (const section of sections) section.show(content, before);
  // Only now is the page as long as it was.
  if (draws === 0) scrollTo(0, kept.scroll ?? 0);
  draws++;
  document.body.dataset['drawn'] = String(draws);
}, DRAW_INTERVAL_MS);

receive((message) => {
  switch (message.type) {
    case 'content':
      content = { ...content, points: [], samples: [] };
      pending = message.content;
      return draw();
    case 'update':
      pending = joinUpdates(pending, message.update);
      return draw();
    case 'files':
      return corpus.showFiles(message.group, message.files, message.total);
    default:
      return message satisfies never;
  }
});

addEventListener(
  'scroll',
  coalesced(() => keep({ scroll: scrollY }), DRAW_INTERVAL_MS),
);
send({ type: 'ready' });
