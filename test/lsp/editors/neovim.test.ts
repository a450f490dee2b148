import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { untilPasses } from '../../until.ts';
import { MAX_WAIT_MS } from '../../waits.ts';
import { writeWorkspace } from '../workspace.ts';
import { findNeovim } from './neovim-program.ts';

const run = promisify(execFile);
const neovim = await findNeovim();
const PLUGIN = fileURLToPath(new URL('../../../editors/neovim', import.meta.url));
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const POLL = { interval: 100 };
/** A person who sees nothing for this long types the last character again. */
const PATIENCE_MS = 5_000;

const at = temporaryFolder();
let editor: ChildProcess;
let socket = '';
let file = '';
let init = '';

/** Presses keys as a person does. */
const press = (keys: string) => run(neovim!, ['--server', socket, '--remote-send', keys]);

/** The value of a Lua expression in the editor. */
async function value(lua: string): Promise<string> {
  const expression = `luaeval('${lua.replaceAll("'", "''")}')`;
  return (await run(neovim!, ['--server', socket, '--remote-expr', expression])).stdout;
}

/** What stands as ghost text behind the cursor. */
const ghostText = (): Promise<string> =>
  value(
    "(function() local m = vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true }) for _, e in ipairs(m) do if e[4].virt_text then return e[4].virt_text[1][1] end end return '' end)()",
  );

/** The lines of ghost text below the cursor's, as JSON. */
const drawnLines = (): Promise<string> =>
  value(
    '(function() local m = vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true }) local t = {} for _, e in ipairs(m) do for _, l in ipairs(e[4].virt_lines or {}) do t[#t + 1] = l[1][1] end end return vim.json.encode(t) end)()',
  );

const isRunning = (): Promise<string> =>
  value("#vim.lsp.get_clients({ name = 'char_rnn' }) > 0 and 'yes' or 'no'");

const folder = (): string => at('workspace');

/** Starts Neovim with the file, and settles when the server runs. */
async function startEditor(environment: NodeJS.ProcessEnv = {}): Promise<void> {
  editor = spawn(neovim!, ['--headless', '--clean', '-u', init, '--listen', socket, file], {
    cwd: folder(),
    env: {
      ...process.env,
      XDG_CACHE_HOME: at('cache'),
      XDG_STATE_HOME: at('state'),
      XDG_DATA_HOME: at('data'),
      ...environment,
    },
    stdio: 'ignore',
  });
  await expect.poll(() => isRunning().catch(() => 'no'), POLL).toBe('yes');
}

/**
 * Types, and the last character again until a check passes: the server gives nothing where a busy machine would give it
 * too late, and is asked only when something is typed.
 */
async function typeUntil(keys: string, check: () => Promise<void>): Promise<void> {
  await press(keys);
  const passes = (): Promise<boolean> =>
    untilPasses(check, PATIENCE_MS).then(
      () => true,
      () => false,
    );
  for (let patience = MAX_WAIT_MS; !(await passes()); patience -= PATIENCE_MS) {
    if (patience < 0) return check();
    await press(`<BS>${keys.at(-1)}`);
  }
}

async function expectGhostText(): Promise<void> {
  expect(await ghostText()).toMatch(/^uct reader/);
}

/** Expects that the server has read so many files. */
async function expectRead(files: number): Promise<void> {
  await value(
    "(function() vim.g.ready = -1 require('char_rnn').execute('whenReady', nil, function(r) vim.g.ready = r.files end) return '' end)()",
  );
  await expect.poll(() => value('vim.g.ready'), POLL).toBe(`${files}`);
}

async function endEditor(): Promise<void> {
  editor.kill('SIGKILL');
  if (editor.exitCode === null && editor.signalCode === null) await once(editor, 'exit');
}

describe.skipIf(neovim === undefined)('Neovim', () => {
  beforeEach(async ({ task }) => {
    await writeWorkspace(folder());
    file = path.join(folder(), 'new.c');
    await writeFile(file, 'int first;\n');
    await mkdir(at('config'), { recursive: true });
    init = at('config/init.lua');
    await writeFile(
      init,
      `vim.opt.rtp:append('${PLUGIN}')\nvim.opt.swapfile = false\nrequire('char_rnn').setup({ cmd = { '${process.execPath}', '${CLI}', 'lsp', '--stdio' } })\n`,
    );
    // One that was killed leaves its socket behind.
    socket = at(`${task.id}.sock`);
    await startEditor();
    await expectRead(7);
  });
  afterEach(endEditor);

  it('shows ghost text while one types, takes it with Tab, and saves it', async () => {
    await typeUntil('Gostatic int read_value_7(str', expectGhostText);
    await press('<Tab>');
    await expect.poll(ghostText, POLL).not.toMatch(/^uct reader/);
    await press('<Esc>:w<CR>');
    await expect
      .poll(() => readFile(file, 'utf8'), POLL)
      .toMatch(/^int first;\nstatic int read_value_7\(struct reader \*reader\)/);
  });

  it('takes a word of it, and hides the rest', async () => {
    await typeUntil('Gostatic int read_value_7(str', expectGhostText);
    await press('<M-Right>');
    await expect.poll(ghostText, POLL).toMatch(/^ reader \*reader/);
    await press('<C-]>');
    await expect.poll(ghostText, POLL).toBe('');
    await press('<Esc>:w<CR>');
    await expect
      .poll(() => readFile(file, 'utf8'), POLL)
      .toBe('int first;\nstatic int read_value_7(struct\n');
  });

  it('shows and takes it with the line ends of the buffer in a file of carriage returns', async () => {
    await typeUntil(':set fileformat=dos<CR>Gostatic int read_value_7(str', expectGhostText);
    await typeUntil('uct reader *reader)', async () => {
      expect(JSON.parse(await drawnLines())).toContain('{');
    });
    expect(await drawnLines()).not.toContain('\\r');
    await press('<Tab><Esc>:w<CR>');
    await expect.poll(() => readFile(file, 'utf8'), POLL).toMatch(/\*reader\)\r\n\{\r\n\treturn/);
  });

  it('reads no home folder as a whole', async () => {
    await endEditor();
    socket = at('home.sock');
    await startEditor({ HOME: folder() });
    await expectRead(0);
  });

  it('leaves Tab alone where nothing is suggested', async () => {
    await press('Goif (zz9)<Tab>x<Esc>:w<CR>');
    await expect.poll(() => readFile(file, 'utf8'), POLL).toMatch(/\nif \(zz9\)\s+x\n$/);
  });

  it('trains when it is asked to', async () => {
    await press(
      ':lua require("char_rnn").execute("train", { steps = 3 }, function(r) vim.g.trained = r.steps end)<CR>',
    );
    await expect.poll(() => value('vim.g.trained or 0'), POLL).toBe('3');
  });
});
