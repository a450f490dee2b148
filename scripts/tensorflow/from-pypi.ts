import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sentenceOf, UserFacingError } from '../../src/common/errors.ts';
import { BINDING_FILE } from '../../src/engine/tensorflow/runtime/locate.ts';
import { runCommand } from '../commands.ts';
import { fetchWheel } from './fetch-wheel.ts';
import { extractFromZip } from './zip.ts';

/** The libraries in the wheel, and the names that the linker and the binding know them by. */
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** The headers that tfjs-node's binding includes, and those that they include. */
const HEADERS =
  /^tensorflow\/include\/((tensorflow\/(c|c\/eager|core\/platform)|tsl\/(c|platform))\/[^/]+\.h)$/;
const LICENCES = /^(tensorflow\/(THIRD_PARTY_NOTICES\.txt)|tensorflow_cpu-[^/]+\.dist-info\/(LICENSE))$/;

/**
 * TensorFlow's libraries from the Python package index, and tfjs-node's binding compiled against them, in the
 * places where tfjs-node's own install script puts them.
 * @throws UserFacingError where there is none for this platform, no compiler, or no way to the index.
 */
export async function buildFromPypi(packages: string, tfjsNode: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new UserFacingError(
      `On ${process.platform} (${process.arch}) TensorFlow comes from its own download alone, and that did not work; try again where it can be reached, or train with the engine wasm.`,
    );
  }
  const compiler = await findCompiler();
  const deps = join(tfjsNode, 'deps');
  const wheel = await fetchWheel(packages);
  console.log('Unpacking it.');
  await extractFromZip(wheel, (name) => {
    const library = LIBRARIES.find((file) => name === `tensorflow/${file}`);
    if (library !== undefined) return join(deps, 'lib', library);
    const header = HEADERS.exec(name)?.[1];
    if (header !== undefined) return join(deps, 'include', header);
    const [, , notices, licence] = LICENCES.exec(name) ?? [];
    return notices || licence ? join(deps, notices ?? licence) : undefined;
  });
  await rm(wheel);
  await stripSymbols(LIBRARIES.map((file) => join(deps, 'lib', file)));
  console.log(`Compiling tfjs-node's binding with ${compiler}.`);
  await compile(compiler, packages, tfjsNode);
}

async function findCompiler(): Promise<string> {
  const { CXX } = process.env;
  for (const compiler of CXX ? [CXX] : ['g++', 'clang++', 'c++']) {
    const found = await runCommand(compiler, ['--version']).then(
      () => true,
      () => false,
    );
    if (found) return compiler;
  }
  throw new UserFacingError(
    `TensorFlow's own download did not work, and for its libraries from PyPI a C++ compiler must be there (${CXX ?? 'g++ or clang++'} is not); install one, such as the package g++, and try again, or train with the engine wasm.`,
  );
}

/** The same flags as in tfjs-node's binding.gyp; nothing of C++'s own library is asked of the machine it runs on. */
async function compile(compiler: string, packages: string, tfjsNode: string): Promise<void> {
  const binding = join(tfjsNode, BINDING_FILE);
  await mkdir(dirname(binding), { recursive: true });
  const unfinished = `${binding}.partial`;
  const include = [
    join(packages, 'node_modules', 'node-api-headers', 'include'),
    join(tfjsNode, 'deps', 'include'),
  ];
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(tfjsNode, 'binding', file));
  try {
    await runCommand(compiler, [
      ...['-shared', '-fPIC', '-O2', '-std=c++17', '-DNAPI_VERSION=8'],
      ...['-static-libstdc++', '-static-libgcc', '-Wl,--exclude-libs,ALL'],
      ...include.map((folder) => `-I${folder}`),
      ...sources,
      ...LIBRARIES.map((file) => join(tfjsNode, 'deps', 'lib', file)),
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      ...['-o', unfinished],
    ]);
  } catch (error) {
    throw new UserFacingError(
      `${compiler} could not compile tfjs-node's binding, so there is no TensorFlow; train with the engine wasm. It said: ${sentenceOf(error)}`,
      { cause: error },
    );
  }
  await rename(unfinished, binding);
}

/** A quarter of the libraries is names for debuggers; without a tool to remove them they stay. */
async function stripSymbols(files: readonly string[]): Promise<void> {
  await runCommand('strip', ['--strip-unneeded', ...files]).catch(() => undefined);
}
