import type { ContextModel, DocumentModel, Prediction, Reader } from '../../src/context-model/index.ts';

/** A piece of C to remember. */
export const listing = `static int read_line(struct file *file, char *line, int size)
{
	int count = 0;

	while (count < size) {
		int c = read_char(file);

		if (c < 0)
			return c;
		line[count++] = c;
		if (c == '\\n')
			break;
	}
	return count;
}
`;

/** A prediction that stays, as an object of its own. */
export function copyOf({ count, codePoints, logProbabilities, rest }: Prediction) {
  return { count, symbols: String.fromCodePoint(...codePoints), logs: [...logProbabilities], rest };
}

/** What a document's memory says at some of its places. */
export function predictionsOf(document: DocumentModel, step = 7) {
  const found: ReturnType<typeof copyOf>[] = [];
  for (let at = 0; at <= document.length; at += step) found.push(copyOf(document.reader(at).predict()));
  return found;
}

/** What a reader expects along the beginning of a text. */
export function along(reader: Reader, text: string) {
  return [...text.slice(0, 400)].map((character) => {
    const prediction = copyOf(reader.predict());
    reader.advance(character.codePointAt(0)!);
    return prediction;
  });
}

/** What a context model expects along a text that it does not learn, in a document that is no file. */
export function predictionsAlong(memory: ContextModel, text: string) {
  const document = memory.openDocument(undefined, '');
  const found = along(document.reader(), text);
  document.dispose();
  return found;
}
