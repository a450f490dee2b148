import { homedir } from 'node:os';
import path from 'node:path';
import { readList } from '../list-file.ts';
import { coreValue } from './git-config.ts';

/**
 * The patterns of the file that `core.excludesFile` names, by default `git/ignore` in the user's configuration folder
 * (gitignore(5)); undefined where there is none.
 * @param commonFolder of the repository, whose own configuration comes first
 */
export async function globalExcludes(commonFolder: string): Promise<string | undefined> {
  const configurationFolder = path.join(
    process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config'),
    'git',
  );
  const configurations = [
    path.join(commonFolder, 'config'),
    ...(process.env.GIT_CONFIG_GLOBAL === undefined
      ? [path.join(homedir(), '.gitconfig'), path.join(configurationFolder, 'config')]
      : [process.env.GIT_CONFIG_GLOBAL]),
  ];
  for (const configuration of configurations) {
    const named = coreValue((await readList(configuration)) ?? '', 'excludesfile');
    if (typeof named === 'string' && named !== '')
      return readList(path.resolve(homedir(), named.replace(/^~(?=\/)/, homedir())));
  }
  return readList(path.join(configurationFolder, 'ignore'));
}
