import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { WRITTEN_SCHEMES } from '../../session/index.ts';
import { COMMAND_IDS } from '../command-ids.ts';
import { UnitDecorations } from './unit-decorations.ts';
import { signed } from './unit-texts.ts';

/** A unit that is shown. */
export interface ShownUnit {
  /** Its index among those of all layers. */
  readonly unit: number;
  readonly name: string;
  /** What it follows, as a predicate; left out where nothing with a name was found. */
  readonly follows?: string;
}

/** The argument of the command that has another unit chosen while one is shown. */
export const CHOOSE = 'choose';

const SELECTOR: vscode.DocumentSelector = WRITTEN_SCHEMES.map((scheme) => ({ scheme }));

/** The value of the unit behind a character, from -1 to 1; undefined where it is not known. */
export type ValueAt = (document: vscode.TextDocument, position: vscode.Position) => number | undefined;

/** What is there while a unit is shown: colours, what hovering says, and a status bar item that names the unit. */
export class UnitDisplay implements vscode.Disposable {
  readonly decorations = new UnitDecorations();
  private readonly item = vscode.window.createStatusBarItem(
    'charRnn.unit',
    vscode.StatusBarAlignment.Right,
    0,
  );
  private readonly hover: vscode.Disposable;
  private unit: ShownUnit | undefined;

  constructor(valueAt: ValueAt) {
    this.item.name = localize`Char-RNN: Unit`;
    this.item.command = { title: localize`Choose`, command: COMMAND_IDS.showUnit, arguments: [CHOOSE] };
    this.hover = vscode.languages.registerHoverProvider(SELECTOR, {
      provideHover: (document, position) => {
        const value = valueAt(document, position);
        return this.unit && value !== undefined
          ? new vscode.Hover(hoverText(this.unit, value, characterAt(document, position)))
          : undefined;
      },
    });
  }

  /** Names a unit. */
  describe(unit: ShownUnit): void {
    const sentence = localize`${unit.name} of Char-RNN's network ${unit.follows ?? localize`follows nothing that has a name`}`;
    this.unit = unit;
    this.item.text = `$(symbol-color) ${unit.name}`;
    this.item.tooltip = localize`${sentence}. Blue, with a line above: near −1; red, with a line below: near +1. Click to choose another unit or none.`;
    this.item.accessibilityInformation = { label: localize`${sentence}; choose another unit or none` };
    this.item.show();
  }

  dispose(): void {
    this.hover.dispose();
    this.item.dispose();
    this.decorations.dispose();
  }
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The whole character of which the UTF-16 unit behind a position is a part. */
function characterAt(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  return graphemes.segment(document.lineAt(line).text).containing(character)!.segment;
}

function hoverText({ name, follows }: ShownUnit, value: number, character: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(localize`**${name}: ${signed(value)}** (Char-RNN) behind ${codeSpan(character)}`);
  if (follows !== undefined) text.appendMarkdown(`\n\n${localize`It ${follows}.`}`);
  return text;
}

const VISIBLE_BLANKS: Readonly<Record<string, string>> = { ' ': '␣', '\t': '⇥' };

/** A character as code in Markdown, where neither escapes nor entities are read; blanks have symbols. */
function codeSpan(character: string): string {
  return character === '`' ? '`` ` ``' : `\`${VISIBLE_BLANKS[character] ?? character}\``;
}
