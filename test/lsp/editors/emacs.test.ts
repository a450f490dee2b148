import { execFile, execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { MAX_WAIT_MS } from '../../waits.ts';
import { writeWorkspace } from '../workspace.ts';

const PACKAGE = fileURLToPath(new URL('../../../editors/emacs/char-rnn.el', import.meta.url));
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

const at = temporaryFolder();
const hasEmacs = findEmacs();

/** Whether there is an Emacs with lsp-mode; says so where there is none. */
function findEmacs(): boolean {
  try {
    execFileSync('emacs', ['--batch', '--eval', "(require 'lsp-mode)"], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('The tests in Emacs did not run: there is no Emacs with lsp-mode.');
    return false;
  }
}

/** What a person does, in Lisp: opens the file, types, takes the suggestion with Tab, and saves. */
const script = (folder: string, file: string): string => `
(require 'lsp-mode)
(setq lsp-session-file "${at('session')}" lsp-enable-file-watchers nil lsp-enable-snippet nil
      make-backup-files nil auto-save-default nil)
(load "${PACKAGE}")
(setq char-rnn-command '("${process.execPath}" "${CLI}" "lsp" "--stdio"))
(defun await (condition &optional again)
  "Wait for CONDITION, and call AGAIN every five seconds."
  (let ((left ${MAX_WAIT_MS / 100}))
    (while (not (funcall condition))
      (when (< (setq left (1- left)) 0) (error "nothing came"))
      (when (and again (= 0 (mod left 50))) (funcall again))
      (accept-process-output nil 0.1))))
(lsp-workspace-folders-add "${folder}")
(find-file "${file}")
(lsp)
(await (lambda () (and (char-rnn--workspace)
                       (eq 'initialized (lsp--workspace-status (char-rnn--workspace))))))
(char-rnn-mode 1)
(let (ready)
  (char-rnn--execute "charRnn.whenReady" nil (lambda (answer) (setq ready answer)))
  (await (lambda () ready)))
(goto-char (point-max))
(execute-kbd-macro "static int read_value_7(str")
; The server gives nothing where a busy machine would give it too late, and is asked only when something is typed.
(await (lambda () char-rnn--texts) (lambda () (execute-kbd-macro (kbd "DEL")) (execute-kbd-macro "r")))
(execute-kbd-macro (kbd "TAB"))
(save-buffer)
`;

describe.skipIf(!hasEmacs)('Emacs', () => {
  it('shows ghost text while one types, takes it with Tab, and saves it', async () => {
    const folder = at('workspace');
    await writeWorkspace(folder);
    const file = path.join(folder, 'new.c');
    await writeFile(file, 'int first;\n');
    await writeFile(at('script.el'), script(folder, file));
    await promisify(execFile)('emacs', ['--batch', '-l', at('script.el')], {
      env: { ...process.env, HOME: at('.'), XDG_CACHE_HOME: at('cache') },
    });
    expect(await readFile(file, 'utf8')).toMatch(
      /^int first;\nstatic int read_value_7\(struct reader \*reader\)/,
    );
  });
});
