/** A pinned file of a project. */
export interface IndexedFile {
  readonly project: string;
  readonly file: string;
  readonly sha256: string;
}

/**
 * The address of a file in the package index that PIP_INDEX_URL names, once the index has named the pinned hash.
 * @throws Error where no index is named, it does not have the file, or has another.
 */
export async function addressInIndex(wanted: IndexedFile): Promise<URL> {
  const index = process.env['PIP_INDEX_URL'];
  if (!index) throw new Error('there is no pip to ask, and PIP_INDEX_URL names no package index');
  const page = `${index.replace(/\/$/, '')}/${wanted.project}/`;
  const response = await fetch(page, {
    headers: { Accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' },
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`${page}: ${response.status}`);
  return addressInPage(await response.text(), response.url, wanted);
}

/** Looks a file up in a project's page, in JSON (PEP 691) or HTML (PEP 503). */
export function addressInPage(page: string, pageUrl: string, { file, sha256 }: IndexedFile): URL {
  const found = page.trimStart().startsWith('{') ? inJson(page, file) : inHtml(page, file);
  if (found === undefined) throw new Error(`${pageUrl} has no ${file}`);
  if (found.sha256 !== undefined && found.sha256 !== sha256) {
    throw new Error(`${pageUrl} has another ${file}, with the SHA-256 ${found.sha256}`);
  }
  const address = new URL(found.url, pageUrl);
  address.hash = '';
  return address;
}

interface Found {
  readonly url: string;
  /** Undefined if the index gives no hash. */
  readonly sha256: string | undefined;
}

function inJson(page: string, file: string): Found | undefined {
  const { files } = JSON.parse(page) as {
    readonly files: readonly { filename: string; url: string; hashes: { sha256?: string } }[];
  };
  const entry = files.find(({ filename }) => filename === file);
  return entry && { url: entry.url, sha256: entry.hashes.sha256 };
}

function inHtml(page: string, file: string): Found | undefined {
  for (const [, href] of page.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
    const url = href.replaceAll('&amp;', '&');
    const [address, fragment = ''] = url.split('#');
    if (!decodeURIComponent(address).endsWith(`/${file}`)) continue;
    return { url, sha256: /sha256=([0-9a-f]{64})/.exec(fragment)?.[1] };
  }
  return undefined;
}
