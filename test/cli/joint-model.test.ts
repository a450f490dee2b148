import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { output } from './command.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyNetwork, writeTinyCorpus } from './tiny-corpus.ts';

const at = temporaryFolder();
let told = '';

beforeAll(async () => {
  await writeTinyCorpus(at('text'));
  told = await output(
    'train',
    at('text'),
    '--model',
    at('model'),
    '--memory',
    '--steps',
    '60',
    ...tinyNetwork,
  );
});

describe('a model trained with a context model', () => {
  it('says that the files are remembered, before the first step', () => {
    expect(told).toMatch(/\nbuilding the context model\n[^]*\nstep 0,/);
  });

  it('is measured together with the context model, and both alone', () => {
    const bits = String.raw`\d\.\d{3}`;
    const measured = `${bits} bits per character \\(network alone ${bits}, context model alone ${bits}\\)`;
    expect(told).toMatch(new RegExp(`^held out at step 60: ${measured}$`, 'm'));
    expect(told).toMatch(new RegExp(`^done after 60 steps, .*, held out ${measured}, `, 'm'));
  });

  it('is told from others', async () => {
    expect(await output('inspect', at('model'))).toMatch(/^context model +trained jointly with one$/m);
    expect(JSON.parse(await output('inspect', at('model'), '--json'))).toMatchObject({
      specification: { prior: true },
    });
  });

  it('is sampled alone, the same for the same seed', async () => {
    const sample = (seed: string) =>
      output('sample', at('model'), '--length', '30', '--temperature', '0.8', '--seed', seed);
    const text = await sample('3');
    expect([...text].length).toBe(30);
    expect(await sample('3')).toBe(text);
    expect(await sample('4')).not.toBe(text);
  });

  it('completes by the text before the cursor', async () => {
    const known = '  const drift = excess(port);\n';
    await writeFile(at('source.ts'), `${known.repeat(6)}  const drift = exc`);
    expect(await output('complete', at('model'), at('source.ts'))).toMatch(/^ess\(port\)/);
  });

  it('completes and is measured as in the editor where it began with the base network', async () => {
    const base = ['--base', 'media/base-network.safetensors', '--layers', '1', '--units', '256'];
    await output(
      ...['train', at('text'), '--model', at('based'), '--memory', '--steps', '3'],
      ...[...base, '--embedding', '64', '--batch-size', '4', '--sequence-length', '16'],
    );
    await writeFile(at('new.ts'), 'export function add(a: number, b: number): number {\n  retu');
    expect(await output('complete', at('based'), at('new.ts'))).toMatch(/^r/);
    const measured = JSON.parse(await output('evaluate', at('based'), at('text/file0.ts'), '--json')) as {
      bitsPerCharacter: number;
      bitsPerCharacterMemory: number;
    };
    expect(measured.bitsPerCharacter).toBeLessThan(0.95 * measured.bitsPerCharacterMemory);
  });

  it('is measured together with a context model that learns each file as it goes', async () => {
    const measured = JSON.parse(await output('evaluate', at('model'), at('text/file0.ts'), '--json')) as {
      bitsPerCharacter: number;
      bitsPerCharacterMemory: number;
    };
    expect(measured.bitsPerCharacter).toBeLessThan(3);
    expect(measured.bitsPerCharacter).toBeLessThan(1.05 * measured.bitsPerCharacterMemory);
    expect(Object.keys(measured).slice(-2)).toEqual(['bitsPerCharacterAlone', 'bitsPerCharacterMemory']);
    expect(await output('evaluate', at('model'), at('text/file0.ts'))).toMatch(
      /^bits per character +\d\.\d{4}\n +network alone +\d\.\d{4}\n +context model alone +\d\.\d{4}$/m,
    );
  });
});
