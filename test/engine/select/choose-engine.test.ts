import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkEngine, chooseEngine } from '../../../src/engine/index.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { caseOf } from '../networks.ts';

const { specification, batchSize, sequenceLength } = caseOf();
const network = { specification, limits: { batchSize, sequenceLength } };

describe('chooseEngine without TensorFlow', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'char-rnn-choice-'));
    vi.stubEnv('CHAR_RNN_TENSORFLOW', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['auto', 'TensorFlow is not installed'],
    ['wasm', 'asked for'],
  ] as const)('answers %s with the wasm engine and says why: %s', async (setting, why) => {
    const { engine, reason } = await chooseEngine(setting, network);
    expect(engine.name).toBe('wasm');
    expect(reason).toMatch(new RegExp(`^${why}; \\d+ threads?, (plain|wide) kernels \\(.*\\)$`));
    expect(() => checkEngine(setting)).not.toThrow();
  });

  it('gives the wasm engine the threads asked for', async () => {
    const { reason } = await chooseEngine('wasm', { ...network, threads: 3 });
    expect(reason).toMatch(/^asked for; 3 threads, /);
  });

  it('says how to get tensorflow where it is asked for, and what to choose without it', async () => {
    const check = async () => Promise.resolve(checkEngine('tensorflow'));
    for (const asked of [chooseEngine('tensorflow', network), check()]) {
      const error: unknown = await asked.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EngineError);
      const { message, code } = error as EngineError;
      expect(message).toMatch(
        /not in .*, which CHAR_RNN_TENSORFLOW names.*`npm run tensorflow`.*engine wasm\.$/,
      );
      expect(code).toBe('tensorflow-missing');
    }
  });

  it('goes on with wasm where TensorFlow is broken, and says so', async () => {
    writeFileSync(path.join(folder, 'tfjs-node.cjs'), "throw new Error('libtensorflow is of no use');");
    mkdirSync(path.join(folder, 'lib/napi-v8'), { recursive: true });
    writeFileSync(path.join(folder, 'lib/napi-v8/tfjs_binding.node'), '');
    const { engine, reason } = await chooseEngine('auto', network);
    expect(engine.name).toBe('wasm');
    expect(reason).toMatch(/^TensorFlow does not load: libtensorflow is of no use; \d+ threads?, /);
    await expect(chooseEngine('tensorflow', network)).rejects.toThrow(
      /^TensorFlow \(named by CHAR_RNN_TENSORFLOW\) does not load here \(libtensorflow is of no use\)/,
    );
  });
});
