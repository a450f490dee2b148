import { describe, expect, it } from 'vitest';
import { UnitClient } from '../../../src/completion/client/unit-client.ts';
import type { FoundUnits } from '../../../src/completion/index.ts';

const nothing: FoundUnits = { units: [], characters: 0 };
const found: FoundUnits = {
  units: [{ unit: 2, feature: 'string', correlation: 0.83 }],
  characters: 60_000,
};

/** A client whose worker answers one request after the other. */
function clientOf(answers: (() => Promise<unknown>)[]): { client: UnitClient; asked: string[] } {
  const asked: string[] = [];
  const worker = {
    isOn: true,
    notify: () => undefined,
    request: (method: string) => {
      asked.push(method);
      return answers[asked.length - 1]();
    },
  } as ConstructorParameters<typeof UnitClient>[0];
  return { client: new UnitClient(worker, () => ({ kind: 'noModel' })), asked };
}

const answer = (value: unknown) => () => Promise.resolve(value);

describe('finding units with a name', () => {
  it('asks once where files are known', async () => {
    const { client, asked } = clientOf([answer(found)]);
    expect(await client.find(new AbortController().signal)).toBe(found);
    expect(asked).toEqual(['findUnits']);
  });

  it('waits for files that are being read while none is known', async () => {
    const { client, asked } = clientOf([answer(nothing), answer(undefined), answer(found)]);
    expect(await client.find(new AbortController().signal)).toBe(found);
    expect(asked).toEqual(['findUnits', 'settle', 'findUnits']);
  });

  it('says that no file is known where none was read', async () => {
    const { client } = clientOf([answer(nothing), answer(undefined), answer(nothing)]);
    expect(await client.find(new AbortController().signal)).toBe(nothing);
  });

  it('finds nothing once it is aborted', async () => {
    const abort = new AbortController();
    const { client } = clientOf([
      answer(nothing),
      () => {
        abort.abort();
        return Promise.reject(new Error('aborted'));
      },
    ]);
    expect(await client.find(abort.signal)).toBeUndefined();
  });
});
