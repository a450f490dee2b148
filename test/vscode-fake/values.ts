import path from 'node:path';

/** Whether VS Code runs in a window of its own or in a browser. */
export const UIKind = { Desktop: 1, Web: 2 };
export const ConfigurationTarget = { Global: 1, Workspace: 2 };
export const FileType = { File: 1, Directory: 2 };
export const ViewColumn = { Active: -1 };
export const EndOfLine = { LF: 1, CRLF: 2 };
export const InlineCompletionTriggerKind = { Invoke: 0, Automatic: 1 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const ExtensionMode = { Production: 1, Development: 2, Test: 3 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ProgressLocation = { Notification: 15 };

export class Range {
  readonly start: unknown;
  readonly end: unknown;
  readonly isSingleLine = true;
  constructor(start: unknown, end: unknown) {
    this.start = start;
    this.end = end;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Selection extends Range {
  declare readonly start: Position;
  get active(): Position {
    return this.start;
  }
}

export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };
export const OverviewRulerLane = { Right: 4 };
export const DecorationRangeBehavior = { ClosedClosed: 1 };

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  value = '';
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
      .replace(/[ \t]/g, '&nbsp;')
      .replace(/>/g, '\\>')
      .replace(/\n/g, '\n\n');
    return this;
  }
}

export class Hover {
  readonly contents: unknown;
  constructor(contents: unknown) {
    this.contents = contents;
  }
}

export class InlineCompletionItem {
  readonly insertText: string;
  readonly range: unknown;
  readonly command: unknown;
  constructor(insertText: string, range: unknown, command?: unknown) {
    this.insertText = insertText;
    this.range = range;
    this.command = command;
  }
}

export class RelativePattern {
  readonly pattern: string;
  constructor(_base: unknown, pattern: string) {
    this.pattern = pattern;
  }
}

export const Uri = {
  file: (fsPath: string) => ({ scheme: 'file', fsPath }),
  joinPath: ({ fsPath }: { fsPath: string }, ...names: string[]) => ({ fsPath: path.join(fsPath, ...names) }),
};
