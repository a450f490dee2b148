import { homedir } from 'node:os';
import path from 'node:path';
import { readList } from '../list-file.ts';

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
    const named = excludesFileIn((await readList(configuration)) ?? '');
    if (named !== undefined) return readList(path.resolve(homedir(), named.replace(/^~(?=\/)/, homedir())));
  }
  return readList(path.join(configurationFolder, 'ignore'));
}

/** The value of `core.excludesFile` in the text of a configuration file (git-config(1)). */
function excludesFileIn(configuration: string): string | undefined {
  let isCore = false;
  let value: string | undefined;
  for (const line of configuration.split(/\r?\n/)) {
    const section = /^\s*\[\s*([\w.-]+)\s*(".*")?\s*\]/.exec(line);
    if (section) isCore = section[1].toLowerCase() === 'core' && section[2] === undefined;
    const entry = isCore ? /(?:^|\])\s*excludesfile\s*=\s*(?:"([^"]*)"|([^#;]*))/i.exec(line) : null;
    if (entry) value = (entry[1] ?? entry[2]).trim();
  }
  return value === '' ? undefined : value;
}
