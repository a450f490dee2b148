/** What separates the cells of a notebook in its text. */
export const CELL_SEPARATOR = '\n';

const NOTEBOOK_NAME = /\.ipynb$/i;

/** What a notebook file holds, as far as it is read (https://nbformat.readthedocs.io); older ones have worksheets. */
interface NotebookFile {
  readonly cells?: unknown;
  readonly worksheets?: unknown;
}

/** Whether a file of this name is a notebook, which is learnt by its cells. */
export function isNotebook(file: string): boolean {
  return NOTEBOOK_NAME.test(file);
}

/**
 * The sources of a notebook's cells, one after the other, without outputs and metadata.
 * @param json the text of the file
 * @returns undefined where it is no notebook
 */
export function notebookText(json: string): string | undefined {
  const notebook = parse(json);
  if (!isRecord(notebook)) return undefined;
  const { cells, worksheets } = notebook as NotebookFile;
  const all = Array.isArray(cells) ? cells : cellsOfWorksheets(worksheets);
  return all?.map(sourceOf).join(CELL_SEPARATOR);
}

function cellsOfWorksheets(worksheets: unknown): unknown[] | undefined {
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet: unknown): unknown[] =>
    isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

/** A source is a text or a list of lines with their ends. */
function sourceOf(cell: unknown): string {
  if (!isRecord(cell)) return '';
  const source = cell.source ?? cell.input;
  const parts = Array.isArray(source) ? source : [source];
  return parts.filter((part): part is string => typeof part === 'string').join('');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
