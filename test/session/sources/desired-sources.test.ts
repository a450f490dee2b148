import { describe, expect, it } from 'vitest';
import { desiredSources, type SourceInputs } from '../../../src/session/sources/desired-sources.ts';
import { obstacleOf, type WindowInputs } from '../../../src/session/sources/obstacle.ts';

const model = { path: '/storage/model', version: '1' };
const base = { path: '/extension/base', version: '1', isBase: true } as const;
const corpus = {
  options: { roots: ['/w'], include: [], exclude: [], maxCharacters: 1e6 },
  revision: 1,
};
const nothing: SourceInputs = {
  obstacle: undefined,
  isSuggesting: true,
  showsSurprise: false,
  isTraining: false,
  suggestsBeforeTraining: false,
  model: undefined,
  base,
  corpus,
};

describe('what suggestions come from', () => {
  for (const { name, input, want } of [
    { name: 'nothing before anybody trained, where that is not wanted', input: {}, want: {} },
    {
      name: 'the base network and the files before anybody trained',
      input: { suggestsBeforeTraining: true },
      want: { model: base, corpus },
    },
    {
      name: 'the model alone instead of the base network once there is one',
      input: { suggestsBeforeTraining: true, model },
      want: { model, corpus },
    },
    {
      name: 'nothing before anybody trained where suggestions are off',
      input: { suggestsBeforeTraining: true, isSuggesting: false },
      want: {},
    },
    {
      name: 'nothing before anybody trained in Restricted Mode',
      input: { suggestsBeforeTraining: true, obstacle: 'untrusted' },
      want: {},
    },
    { name: 'the files once a training runs', input: { isTraining: true }, want: { corpus } },
    { name: 'model and files once there is a model', input: { model }, want: { model, corpus } },
    { name: 'both while it is trained on', input: { model, isTraining: true }, want: { model, corpus } },
    {
      name: 'the newer model as soon as it is there',
      input: { model: { ...model, version: '2' } },
      want: { model: { ...model, version: '2' }, corpus },
    },
    {
      name: 'the files as they are now',
      input: { model, corpus: { ...corpus, revision: 2 } },
      want: { model, corpus: { ...corpus, revision: 2 } },
    },
    {
      name: 'the model alone, for samples, where suggestions are off',
      input: { model, isSuggesting: false },
      want: { model },
    },
    {
      name: 'nothing where suggestions are off and the first training runs',
      input: { isSuggesting: false, isTraining: true },
      want: {},
    },
    { name: 'nothing in Restricted Mode', input: { obstacle: 'untrusted', model }, want: {} },
    { name: 'nothing without a folder', input: { obstacle: 'no-folder', model, isTraining: true }, want: {} },
    { name: 'nothing in a virtual workspace', input: { obstacle: 'virtual', model }, want: {} },
  ] satisfies { name: string; input: Partial<SourceInputs>; want: object }[]) {
    it(name, () => expect(desiredSources({ ...nothing, ...input })).toEqual(want));
  }
});

describe('what stands in the way', () => {
  const open: WindowInputs = { hasStorage: true, schemes: ['file'], isTrusted: true };
  for (const { name, input, want } of [
    { name: 'nothing in a trusted folder on disk', input: {}, want: undefined },
    { name: 'a folder that is missing', input: { schemes: [] }, want: 'no-folder' },
    { name: 'a workspace without storage', input: { hasStorage: false }, want: 'no-folder' },
    { name: 'folders that are nowhere on disk', input: { schemes: ['vscode-vfs'] }, want: 'virtual' },
    {
      name: 'nothing where one folder of several is on disk',
      input: { schemes: ['vscode-vfs', 'file'] },
      want: undefined,
    },
    { name: 'missing trust', input: { isTrusted: false }, want: 'untrusted' },
    { name: 'first of all the missing folder', input: { schemes: [], isTrusted: false }, want: 'no-folder' },
  ] satisfies { name: string; input: Partial<WindowInputs>; want: unknown }[]) {
    it(name, () => expect(obstacleOf({ ...open, ...input })).toBe(want));
  }
});
