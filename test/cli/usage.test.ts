import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { expectRefusal, output, run } from './command.ts';

const train = ['train', 'text', '--model', 'model'];

describe('wrong usage', () => {
  for (const [parameters, message] of [
    [[], /^Name a command/],
    [['learn'], /^Unknown command 'learn'; see char-rnn --help/],
    [['--nonsense'], /^Unknown option '--nonsense'/],
    [['train', 'text'], /--model <file>' not specified; see char-rnn train --help/],
    [['train', '--model', 'model'], /[Mm]issing required argument 'path'/],
    [[...train, '--model'], /--model <file>' argument missing/],
    [[...train, '--modle', 'x'], /[Uu]nknown option '--modle' \(Did you mean --model\?\)/],
    [[...train, '--engine', 'gpu'], /allowed choices are auto, wasm, tensorflow/],
    [[...train, '--cell', 'LSTM'], /allowed choices are lstm, gru, rnn/],
    [[...train, '--optimizer', 'lbfgs'], /allowed choices are adam, rmsprop, adagrad, sgd/],
    [[...train, '--threads', '0'], /whole number from 1 to 256/],
    [[...train, '--threads', '1.5'], /whole number from 1/],
    [[...train, '--layers', '9'], /whole number from 1 to 8/],
    [[...train, '--layers', 'two'], /whole number from 1 to 8/],
    [[...train, '--units', '0'], /whole number from 1 to 4096/],
    [[...train, '--units', '-5'], /whole number from 1 to 4096/],
    [[...train, '--units', '0x10'], /whole number from 1 to 4096/],
    [[...train, '--units', ''], /whole number from 1 to 4096/],
    [[...train, '--units', '1e999'], /whole number from 1 to 4096/],
    [[...train, '--embedding', '-1'], /whole number from 0 to 4096/],
    [[...train, '--dropout', '1'], /number from 0 to below 1/],
    [[...train, '--dropout', 'NaN'], /number from 0 to below 1/],
    [[...train, '--batch-size', '0'], /whole number from 1/],
    [[...train, '--sequence-length', '0'], /whole number from 1/],
    [[...train, '--epochs', '-1'], /whole number of at least 0/],
    [[...train, '--steps', '9007199254740993'], /whole number of at least 0/],
    [[...train, '--minutes', '-1'], /number of at least 0/],
    [[...train, '--minutes', 'Infinity'], /number of at least 0/],
    [[...train, '--learning-rate', '0'], /number above 0 and at most 100/],
    [[...train, '--learning-rate-decay', '1.1'], /number above 0 and at most 1/],
    [[...train, '--clip-norm', '0'], /number above 0/],
    [[...train, '--validation-fraction', '1'], /number from 0 to below 1/],
    [[...train, '--sample-every', '0'], /whole number of at least 1/],
    [[...train, '--sample-temperature', '3'], /number from 0 to 2/],
    [[...train, '--milestones', '0,x'], /numbers of at least 0 between commas/],
    [[...train, '--checkpoint-every', '0'], /whole number of at least 1/],
    [[...train, '--seed', '4294967296'], /whole number from 0 to 4294967295/],
    [['sample'], /[Mm]issing required argument 'file'/],
    [['sample', 'model', 'another'], /[Tt]oo many arguments/],
    [['sample', 'model', '--length', '-1'], /whole number from 0/],
    [['sample', 'model', '--temperature', '2.1'], /number from 0 to 2/],
    [['sample', 'model', '--seed', 'x'], /whole number from 0/],
    [['evaluate', 'model'], /[Mm]issing required argument 'path'/],
    [['complete', 'model'], /[Mm]issing required argument 'source'/],
    [['complete', 'model', 'source', '--line', '0'], /whole number of at least 1/],
    [['complete', 'model', 'source', '--column', '3'], /--column says nothing without --line/],
    [['complete', 'model', 'source', '--max-length', '0'], /whole number from 1 to 500/],
    [['corpus'], /[Mm]issing required argument 'path'/],
    [['corpus', 'text', '--text', '--json'], /cannot be used with/],
  ] as const) {
    it(`is told and gives status 2: char-rnn ${parameters.join(' ')}`, async () => {
      expectRefusal(await run(...parameters), 2, message);
    });
  }
});

describe('help', () => {
  it('shows commands and examples', async () => {
    const help = await output('--help');
    for (const name of [
      'train',
      'sample',
      'evaluate',
      'complete',
      'inspect',
      'timeline',
      'corpus',
      'Examples:',
    ]) {
      expect(help).toContain(name);
    }
  });

  for (const name of [
    'train',
    'sample',
    'evaluate',
    'complete',
    'inspect',
    'timeline',
    'recipe',
    'import',
    'corpus',
  ]) {
    it(`shows what ${name} takes`, async () => {
      const help = await output(name, '--help');
      expect(help).toMatch(new RegExp(`^Usage: char-rnn ${name} `));
      expect(help).toContain('Example');
    });
  }

  it('tells the version', async () => {
    expect(await output('--version')).toBe(`${version}\n`);
  });
});
