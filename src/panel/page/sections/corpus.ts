import { numberText } from '../../../common/localization/numbers.ts';
import type {
  CorpusSummary,
  FileGroup,
  Grouping,
  GroupName,
  ListedFile,
  PanelContent,
} from '../../protocol.ts';
import { localize } from '../../../common/localization/localize.ts';
import { GROUPINGS } from '../../protocol.ts';
import { shareText } from '../../view-model/texts.ts';
import { send } from '../connection.ts';
import { byId, element, setText } from '../elements.ts';
import type { Section } from './section.ts';

/** The corpus by language and folder, and what is left out by reason; the files of a group are asked for when it opens. */
export class CorpusSection implements Section {
  private readonly summary = byId('corpus-summary');

  show({ corpus }: PanelContent, before: PanelContent): void {
    if (corpus === before.corpus) return;
    byId('corpus').classList.toggle('empty', corpus === null);
    if (corpus) setText(this.summary, summaryText(corpus));
    for (const by of GROUPINGS) this.showGroups(by, corpus);
  }

  /** Fills an open group. */
  showFiles(group: GroupName, files: readonly ListedFile[], total: number): void {
    const list = document.querySelector(
      `#${listId(group.by)} details[data-name="${CSS.escape(group.name)}"] ul`,
    );
    if (!list) return;
    const more = total - files.length;
    list.replaceChildren(
      ...files.map((file) => element('li', {}, fileButton(file), ` ${noteOf(file)}`)),
      ...(more > 0 ? [element('li', {}, localize`and ${numberText(more)} more, which the log lists`)] : []),
    );
  }

  private showGroups(by: Grouping, corpus: CorpusSummary | null): void {
    const list = byId(listId(by));
    list.replaceChildren(
      ...(corpus?.groups[by] ?? []).map((group) => groupElement(by, group, corpus!.characters)),
    );
    if (list.childElementCount === 0) list.append(element('p', { className: 'hint' }, localize`None.`));
  }
}

function listId(by: Grouping): string {
  return `by-${by}`;
}

function groupElement(by: Grouping, group: FileGroup, allCharacters: number): HTMLElement {
  const { name, files, characters } = group;
  // What is left out may be a folder.
  const counted = by === 'reason' ? entriesText(files) : filesText(files);
  const size = by === 'reason' ? counted : `${shareText(characters, allCharacters)}, ${counted}`;
  const meter = element('meter', {
    min: 0,
    max: Math.max(1, allCharacters),
    value: characters,
    'aria-hidden': true,
  });
  const details = element(
    'details',
    { 'data-name': name },
    element(
      'summary',
      {},
      element('span', { className: 'name' }, name),
      ...(by === 'reason' ? [] : [meter]),
      element('span', { className: 'size' }, size),
    ),
    element('ul', {}, element('li', {}, localize`Listing the files…`)),
  );
  details.addEventListener('toggle', () => {
    if (details.open) send({ type: 'listFiles', group: { by, name } });
  });
  return details;
}

function entriesText(count: number): string {
  return count === 1 ? localize`1 entry` : localize`${numberText(count)} entries`;
}

function filesText(count: number): string {
  return count === 1 ? localize`1 file` : localize`${numberText(count)} files`;
}

function fileButton({ path, shown }: ListedFile): HTMLElement {
  const button = element('button', { type: 'button', className: 'link' }, shown);
  button.addEventListener('click', () => send({ type: 'openFile', path }));
  return button;
}

function noteOf({ characters, note }: ListedFile): string {
  return [characters > 0 ? localize`${numberText(characters)} characters` : '', note]
    .filter(Boolean)
    .join(', ');
}

function summaryText({ files, heldOutFiles, characters, vocabularySize }: CorpusSummary): string {
  return localize`${filesText(files)} with ${numberText(characters)} characters, ${numberText(heldOutFiles)} of the files held out to measure; ${numberText(vocabularySize)} symbols.`;
}
