import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MAX_WAIT_MS } from '../../test/waits.ts';
import { installServer } from './install.ts';
import type { Scope } from './scope.ts';

export interface ServerOptions {
  /** VS Code's --user-data-dir: settings, models, logs. */
  readonly userData: string;
  readonly extensionsDir: string;
  /** Extra arguments of code-server. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server. */
export interface RunningServer {
  /** 127.0.0.1:PORT, also the authority of its vscode-remote: addresses. */
  readonly authority: string;
  /** Of its process, which leads its process group. */
  readonly pid: number;
  /** The server's output so far, for error messages. */
  output(): string;
  /** Settles when the server has ended. */
  readonly exited: Promise<void>;
}

/** User settings that keep a throwaway window quiet; `charRnn.*` and what a test needs are added. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'editor.inlineSuggest.enabled': true,
  'files.autoSave': 'off',
} as const;

/** Writes user settings into a profile that has none yet. */
export async function writeSettings(
  userData: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = settingsFile(userData);
  if (existsSync(file)) return;
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(file, JSON.stringify(settings, null, 2));
}

export function settingsFile(userData: string): string {
  return join(userData, 'User', 'settings.json');
}

/** Starts VS Code on the loopback interface; it ends with the scope. */
export async function startServer(scope: Scope, options: ServerOptions): Promise<RunningServer> {
  const { node, entry } = await installServer();
  const own = await scope.temporaryFolder('server');
  const config = join(own, 'config.yaml');
  await writeFile(config, 'auth: none\n');
  const portFile = join(options.userData, 'port');
  const port = await readFile(portFile, 'utf8').catch(() => '0');
  const args = [
    ...[entry, '--config', config, '--auth', 'none', '--disable-telemetry', '--disable-update-check'],
    ...['--disable-workspace-trust', '--disable-getting-started-override', '--disable-proxy'],
    ...[
      '--ignore-last-opened',
      '--user-data-dir',
      options.userData,
      '--extensions-dir',
      options.extensionsDir,
    ],
    ...(options.args ?? []),
  ];
  const start = (wanted: string) =>
    launch(scope, node, [...args, '--bind-addr', `127.0.0.1:${wanted}`], own, options);
  // A workspace's storage is found by its address, port included: the same profile asks for the same port.
  const server = await start(port).catch((error: unknown) => {
    if (port === '0') throw error;
    return start('0');
  });
  await writeFile(portFile, server.authority.split(':')[1] ?? '0');
  return server;
}

async function launch(
  scope: Scope,
  node: string,
  args: readonly string[],
  own: string,
  { env }: ServerOptions,
): Promise<RunningServer> {
  const child = spawn(node, args, {
    env: serverEnvironment(own, env),
    // A group of its own, so that extension hosts and file watchers can be ended together with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  scope.defer(() => endGroup(child.pid));
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      output += data.toString();
      const listening = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (listening?.[1]) resolve(listening[1]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`VS Code's server ended with status ${code}: ${output}`)));
    setTimeout(
      () => reject(new Error(`VS Code's server did not start within ${MAX_WAIT_MS / 1000} s: ${output}`)),
      MAX_WAIT_MS,
    ).unref();
  });
  return { authority: `127.0.0.1:${port}`, pid: child.pid!, output: () => output, exited };
}

/** Installs a packaged extension into `extensionsDir`. */
export async function installExtension(scope: Scope, options: ServerOptions, vsix: string): Promise<void> {
  const { node, entry } = await installServer();
  const own = await scope.temporaryFolder('server');
  const config = join(own, 'config.yaml');
  await writeFile(config, 'auth: none\n');
  const places = ['--user-data-dir', options.userData, '--extensions-dir', options.extensionsDir];
  await promisify(execFile)(node, [entry, '--config', config, ...places, '--install-extension', vsix], {
    env: serverEnvironment(own, options.env),
  });
}

/** This process's environment without what another VS Code left in it, and with own folders for sockets and state. */
function serverEnvironment(own: string, extra: ServerOptions['env']): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_(?!TEST_)|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$|CODE_SERVER_|CS_|NODE_OPTIONS$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: own,
    XDG_RUNTIME_DIR: own,
    XDG_DATA_HOME: own,
    EXTENSIONS_GALLERY: '{}',
    ...extra,
  };
}

/** Ends a process group by SIGTERM, and after three seconds by SIGKILL. */
async function endGroup(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (let i = 0; i < 60 && signal(0); i++) await sleep(50);
  signal('SIGKILL');
}
