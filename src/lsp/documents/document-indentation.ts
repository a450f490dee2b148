import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { type Indentation, indentationIn, indentationOf } from '../../session/index.ts';

/** Changes between two looks at the text; what is there seldom changes. */
const CHANGES_PER_LOOK = 500;
/** The same while the text shows no indentation yet. */
const CHANGES_PER_EMPTY_LOOK = 20;
/** Files in the same folder that are looked at where the document shows nothing. */
const MAX_NEIGHBOURS = 5;
const NEIGHBOUR_BYTES = 16_384;

/** How a document is indented, which clients do not say with a request. */
export class DocumentIndentation {
  private readonly file: string | undefined;
  private found: Indentation | undefined;
  private ofNeighbours: Indentation | undefined;
  private changesLeft = 0;

  /** @param file path of the document, where it has one. */
  constructor(file: string | undefined) {
    this.file = file;
  }

  noteChange(): void {
    this.changesLeft--;
  }

  /** Looks at the text now and then, and where that shows nothing, once at other files of its folder. */
  of(text: () => string): Indentation {
    if (this.changesLeft <= 0) {
      this.found = indentationIn(text()) ?? this.found;
      this.changesLeft = this.found ? CHANGES_PER_LOOK : CHANGES_PER_EMPTY_LOOK;
    }
    return this.found ?? (this.ofNeighbours ??= indentationOf(neighbours(this.file)));
  }
}

/** The beginnings of some files of the same kind in the same folder; empty where there are none. */
function neighbours(file: string | undefined): string {
  if (file === undefined) return '';
  const [folder, ending] = [path.dirname(file), path.extname(file)];
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && path.extname(entry.name) === ending)
      .slice(0, MAX_NEIGHBOURS);
    return names.map(({ name }) => beginningOf(path.join(folder, name))).join('\n');
  } catch {
    // The folder may not be there yet.
    return '';
  }
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(NEIGHBOUR_BYTES);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}
