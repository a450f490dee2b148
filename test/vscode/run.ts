import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEST_TIMEOUT_MS } from '../waits.ts';

/**
 * What VS Code calls in the extension host (`extensionTestsPath`): runs the suites named in CHAR_RNN_SUITES, in that order,
 * and writes their totals to CHAR_RNN_RESULTS.
 */
export async function run(): Promise<void> {
  // mocha is an ES module, which VS Code's older Nodes cannot require.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: TEST_TIMEOUT_MS, slow: 60_000, bail: false });
  const suites = (process.env['CHAR_RNN_SUITES'] ?? '').split(',').filter((name) => name !== '');
  if (suites.length === 0) throw new Error('CHAR_RNN_SUITES names no suite');
  for (const suite of suites) mocha.addFile(join(__dirname, 'suites', `${suite}.cjs`));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
      results = { passed: passes, failed, skipped: pending };
    });
  });
  const file = process.env['CHAR_RNN_RESULTS'];
  if (file !== undefined) await writeFile(file, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}

let results = { passed: 0, failed: 0, skipped: 0 };
