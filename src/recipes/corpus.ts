import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readCorpus } from '../corpus/index.ts';
import { UserFacingError } from '../common/errors.ts';
import { makeFolder } from '../common/make-folder.ts';
import { userCache } from '../common/user-cache.ts';
import { joinTexts, passagesOf } from './prepare.ts';
import type { Recipe } from './recipe.ts';
import { fetchTexts } from './source.ts';
import { isNotFound, readFailure } from '../common/system-errors.ts';

/**
 * The corpus that a recipe learns when no files are named; fetched unless it is in the user's cache.
 * @returns the paths of its text files, in order.
 * @throws UserFacingError if it cannot be fetched.
 */
export async function fetchedCorpus(
  name: string,
  recipe: Recipe,
  signal: AbortSignal,
  onFetch: () => void,
): Promise<string[]> {
  const folder = join(userCache(), 'corpora', name);
  const there = await filesIn(folder).catch(() => []);
  if (there.length > 0) return there;
  onFetch();
  return writeCorpus(recipe, await fetchTexts(recipe.source, signal), folder);
}

/** Prepares the user's own files as the recipe does its corpus, in a folder next to the model. */
export async function ownCorpus(
  recipe: Recipe,
  roots: readonly string[],
  modelPath: string,
  signal: AbortSignal,
): Promise<string[]> {
  const everything = { roots, include: [], exclude: [], maxCharacters: Number.MAX_SAFE_INTEGER };
  const { files } = await readCorpus(everything, { signal });
  return writeCorpus(
    recipe,
    files.map(({ text }) => text),
    `${modelPath}.corpus`,
  );
}

/** Writes the first `characters` of a corpus to a folder next to the model. */
export async function beginningOfCorpus(
  recipe: Recipe,
  paths: readonly string[],
  characters: number,
  modelPath: string,
): Promise<string[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return writeText(recipe, joinTexts(texts, characters), `${modelPath}.corpus`);
}

function writeCorpus(recipe: Recipe, texts: readonly string[], folder: string): Promise<string[]> {
  return writeText(recipe, recipe.prepare(texts), folder);
}

/**
 * Replaces the folder as a whole.
 * @throws UserFacingError if it holds something that no recipe has written.
 */
async function writeText(recipe: Recipe, text: string, folder: string): Promise<string[]> {
  await checkReplaceable(folder);
  const parts = recipe.passages === undefined ? [text] : passagesOf(text, recipe.passages);
  const unfinished = `${folder}.${process.pid}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  await makeFolder(dirname(folder));
  await mkdir(unfinished);
  for (const [i, part] of parts.entries()) {
    await writeFile(join(unfinished, `${String(i).padStart(4, '0')}.txt`), part);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return filesIn(folder);
}

async function checkReplaceable(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw new UserFacingError(
      `The corpus cannot be written to ${folder} because what is there is no folder that can be read (${readFailure(error)}); move that away, or name another model.`,
      { cause: error },
    );
  });
  const foreign = names.find((name) => !/^\d{4,}\.txt$/.test(name));
  if (foreign === undefined) return;
  throw new UserFacingError(
    `The corpus cannot be written to ${folder} because that folder holds ${foreign}, which would be lost; move that away, or name another model.`,
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+\.txt$/.test(name)).sort();
  return names.map((name) => join(folder, name));
}
