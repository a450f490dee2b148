import { isSecretFolder } from '../../secrets/index.ts';
import { english } from '../../common/localization/message.ts';

const VERSION_CONTROL_FOLDERS = new Set(['.git', '.hg', '.svn', '.bzr', '_darcs', 'CVS', '.jj']);
export const VERSION_CONTROL = english`version control`;

const DEPENDENCY_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.yarn',
  '.pnpm-store',
  '.pnp',
  'site-packages',
  '.venv',
  '.virtualenv',
  '__pycache__',
  '__pypackages__',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  '.m2',
  '.cargo',
  '.bundle',
  '.terraform',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.parcel-cache',
  '.turbo',
  '.nyc_output',
  '.vscode-test',
  // Earlier states of files that are there as well.
  '.history',
  '.ipynb_checkpoints',
]);

const LOCK_FILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'packages.lock.json',
  'go.sum',
  'bun.lockb',
  'gradle.lockfile',
  'package.resolved',
]);

const GENERATED_NAME =
  /(?:[.-]min\.(?:m?js|cjs|css|html|svg)|[.-]bundle\.(?:m?js|css)|\.chunk\.(?:m?js|css)|\.(?:m?js|cjs|css|ts)\.map|\.pb\.(?:go|cc|h|c)|_pb2(?:_grpc)?\.pyi?|\.g(?:\.part)?\.dart|\.freezed\.dart|\.designer\.(?:cs|vb)|\.generated\.[a-z]+|\.tsbuildinfo|\.snap)$/;

/** Formats that are never text, by extension; content decides about everything else. */
const BINARY_EXTENSIONS = new Set(
  (
    '7z a aac apk ar avi avif blend bmp br bz2 cab class cur deb dex dll dmg dng docx dylib ' +
    'ear egg eot epub exe fbx fla flac flv gif glb gz heic icns ico img iso jar jpeg jpg jxl lz4 lzma ' +
    'm4a m4v mdb mkv mov mp3 mp4 mpeg mpg msi node npy npz o odp ods odt ogg onnx opus otf parquet ' +
    'pdb pdf pkl png ppt pptx psd pth pyc pyd pyo rar rlib rmeta rpm safetensors so sqlite sqlite3 swf tar tgz ' +
    'tif tiff ttc ttf vsix war wasm wav webm webp whl wmv woff woff2 xls xlsx xpi xz zip zst'
  ).split(' '),
);

/** Why a folder of this name is never walked, or undefined. */
export function folderNameReason(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (VERSION_CONTROL_FOLDERS.has(name)) return VERSION_CONTROL;
  if (DEPENDENCY_FOLDERS.has(lower)) return english`dependencies or caches`;
  if (isSecretFolder(name)) return english`holds credentials`;
  return undefined;
}

/** Why a file of this name, found in a folder, is not worth opening, or undefined. */
export function fileNameReason(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (LOCK_FILES.has(lower) || lower.endsWith('.lock')) return english`lock file`;
  if (GENERATED_NAME.test(lower)) return english`minified or generated`;
  const extension = lower.slice(lower.lastIndexOf('.') + 1);
  return lower.includes('.') && BINARY_EXTENSIONS.has(extension) ? english`binary` : undefined;
}
