import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../../scripts/real-vscode/scope.ts';
import type { EditorWindow } from '../../../scripts/real-vscode/window.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { packageWithTensorFlow } from '../../../scripts/bundles/vsix.ts';
import { cachedTensorFlow } from '../../../src/engine/tensorflow/runtime/locate.ts';
import { readModel } from '../../../src/model/index.ts';
import { noSuggestionList, smallSettings, typedFile } from '../constants.ts';
import { openInstalled } from './open-installed.ts';

const isThere = existsSync(cachedTensorFlow());
if (!isThere) {
  console.log(
    'The package with TensorFlow is not tested: TensorFlow is not installed; `npm run tensorflow` installs it.',
  );
}

/** The package that carries TensorFlow: what stands beside the program is found before the user's. */
describe.skipIf(!isThere)('the extension packaged with TensorFlow', () => {
  const scope = new Scope();
  let window: EditorWindow;
  let folder: string;
  let userData: string;

  beforeAll(async () => {
    const { path } = await packageWithTensorFlow();
    const opened = await openInstalled(scope, path, {
      settings: { ...smallSettings, 'charRnn.engine': 'tensorflow', ...noSuggestionList },
      prepare: async ({ extensionsDir }) => {
        const installed = await readdir(extensionsDir, { recursive: true });
        expect(installed.some((file) => file.endsWith('dist/tensorflow/tfjs-node.cjs'))).toBe(true);
      },
    });
    ({ window, folder } = opened);
    ({ userData } = opened.profile);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.screenshot(join(ROOT, 'out', 'tensorflow-failure.png'));
  });

  afterAll(() => scope.close());

  it('trains with TensorFlow', async () => {
    await window.runCommand('Char-RNN: Train on Workspace');
    const done = await window.waitForNotification(
      ({ inProgress, message }) => !inProgress && /trained for/.test(message),
      'of the end',
    );
    expect(done.severity).toBe('info');
    const files = await readdir(userData, { recursive: true });
    const model = files.find((file) => file.endsWith('.safetensors'));
    const { training } = await readModel(join(userData, model ?? 'no model'));
    expect(training).toMatchObject({ engine: 'tensorflow', engineReason: 'asked for' });
  });

  it('shows ghost text from it', async () => {
    await window.openFile(typedFile);
    const { typed, ghost } = await window.typeUntilOffered('registry.reg', "ister('files.");
    await window.press('Tab');
    await window.save();
    const saved = await readFile(join(folder, typedFile), 'utf8');
    expect(saved.trimEnd()).toContain(typed + ghost.trimEnd());
  });
});
