import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Node, NodeKind } from 'assemblyscript';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

const engineKernels = {
  sources: 'src/engine/wasm/kernels/',
  interface: 'src/engine/wasm/kernels-interface.ts',
  // A memory of its own size is made for each network, up to 2 GiB.
  options: [
    '--runtime',
    'stub',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '32768',
  ],
};
const contextModelKernels = {
  sources: 'src/context-model/kernels/',
  interface: 'src/context-model/wasm/kernels-interface.ts',
  options: ['--runtime', 'minimal'],
};
/** The AssemblyScript programs: the engine's in two builds (src/engine/wasm/compile-kernels.ts), the context model's. */
const builds = [
  { ...engineKernels, name: 'kernels.wasm', features: ['simd', 'threads'] },
  { ...engineKernels, name: 'kernels-wide.wasm', features: ['simd', 'relaxed-simd', 'threads'] },
  { ...contextModelKernels, name: 'context-model.wasm', features: ['simd'] },
];

/** Compiles the kernels to dist/ unless they are up to date there, and writes the TypeScript interfaces of their exports. */
export async function buildKernels() {
  await mkdir(`${root}dist`, { recursive: true });
  for (const build of builds) {
    if (await isUpToDate(build)) continue;
    const { program, declarations } = await compile(build, ['-O3', '--noAssert']);
    await replaceFile(`dist/${build.name}`, program);
    if (declarations !== (await readText(build.interface))) await replaceFile(build.interface, declarations);
  }
}

/**
 * Compiles the kernels without writing anything.
 * @throws Error on a compiler error, and when an interface file is not that of the kernels
 */
export async function checkKernels() {
  for (const build of builds) {
    const { declarations } = await compile(build, []);
    if (declarations !== (await readText(build.interface))) {
      throw new Error(`${build.interface} is not what ${build.sources} exports; run "npm run build".`);
    }
  }
}

async function isUpToDate({ name, sources, interface: declarations }) {
  const files = await readdir(`${root}${sources}`, { recursive: true });
  const inputs = [...files.map((file) => `${root}${sources}${file}`), fileURLToPath(import.meta.url)];
  const newest = Math.max(...(await Promise.all(inputs.map(modified))));
  return (await modified(`${root}dist/${name}`)) > newest && (await modified(`${root}${declarations}`)) > 0;
}

/** @returns the program's bytes and the source of its TypeScript interface */
async function compile({ name, sources, options, features }, optimization) {
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    [
      `${sources}index.ts`,
      ...['--baseDir', root, '--outFile', name, '--bindings', 'raw'],
      ...optimization,
      ...options,
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      reportDiagnostic: undefined,
      transforms: [{ afterParse: inlineTagged }],
      writeFile: (file, contents) => outputs.set(file.slice(file.lastIndexOf('.')), contents),
    },
  );
  if (error) throw new Error(`${sources}: ${error.message}\n${stderr.toString()}`);
  return { program: outputs.get('.wasm'), declarations: interfaceOf(outputs.get('.ts'), sources) };
}

/**
 * Gives functions and constants whose doc comment has the tag `@inline` the compiler's decorator of that name. TypeScript has no
 * decorators on these: written as such they would keep its tools from reading the kernels.
 */
function inlineTagged(parser) {
  for (const { text, statements } of parser.sources) {
    for (const statement of statements) {
      const isVariable = statement.kind === NodeKind.Variable;
      if (!isVariable && statement.kind !== NodeKind.FunctionDeclaration) continue;
      const comment = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(text.slice(0, statement.range.start))?.[0] ?? '';
      if (!/\* @inline\b/.test(comment)) continue;
      const { range } = statement;
      const decorator = Node.createDecorator(Node.createIdentifierExpression('inline', range), null, range);
      for (const declaration of isVariable ? statement.declarations : [statement]) {
        declaration.decorators = [decorator];
      }
    }
  }
}

/** The compiler's declarations of a module's exports as one interface. */
function interfaceOf(declarations, sources) {
  const body = /^declare namespace __AdaptedExports \{\n([^]*?)^\}/m.exec(declarations)[1];
  const members = body
    .replace(/^ {2}export function /gm, '  ')
    .replace(/^ {2}export const (\w+): \{\n[^]*?\n {2}\};?/gm, '  readonly $1: { readonly value: number };')
    .replace(/^ {2}export const /gm, '  readonly ');
  return (
    `// Written by scripts/build-kernels.mjs from the exports of ${sources}index.ts.\n` +
    `export interface Kernels {\n${members}}\n`
  );
}

/** Writes a file and renames it when it is whole: another build or test run may be reading the old one. */
async function replaceFile(path, contents) {
  const unfinished = `${root}dist/${path.slice(path.lastIndexOf('/') + 1)}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, `${root}${path}`);
}

const readText = (path) => readFile(`${root}${path}`, 'utf8').catch(() => undefined);

/** Milliseconds since 1970; 0 where there is no file. */
async function modified(path) {
  return (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await checkKernels();
