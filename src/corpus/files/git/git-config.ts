/**
 * The value of `core.KEY` in the text of a configuration file (git-config(1)): that of the last entry, true for a key
 * without `=`; undefined where there is none.
 * @param key in lower case
 */
export function coreValue(configuration: string, key: string): string | true | undefined {
  const pattern = new RegExp(
    String.raw`(?:^|\])\s*${key}\s*(?:=\s*(?:"([^"]*)"|([^#;]*)))?\s*(?:[#;].*)?$`,
    'i',
  );
  let isCore = false;
  let value: string | true | undefined;
  for (const line of configuration.split(/\r?\n/)) {
    const section = /^\s*\[\s*([\w.-]+)\s*(".*")?\s*\]/.exec(line);
    if (section) isCore = section[1].toLowerCase() === 'core' && section[2] === undefined;
    const entry = isCore ? pattern.exec(line) : null;
    if (entry) value = (entry[1] ?? entry[2])?.trim() ?? true;
  }
  return value;
}

/** Whether `core.KEY` is true (git-config(1)): an empty value is not; undefined where there is none. */
export function coreFlag(configuration: string, key: string): boolean | undefined {
  const value = coreValue(configuration, key);
  return typeof value === 'string' ? /^(?:true|yes|on|[1-9]\d*)$/i.test(value) : value;
}
