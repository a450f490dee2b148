import { readFile, writeFile } from 'node:fs/promises';
import fc from '../fast-check.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/common/errors.ts';
import { importNetwork, looksLikeModel, readModel, writeModel } from '../../src/model/index.ts';
import { parseHeader } from '../../src/model/file/safetensors.ts';
import { FormatError } from '../../src/model/validate.ts';
import { seal, takeApart, textOf, type Json, type Parts } from '../model/file/parts.ts';
import { fullModel } from '../model/small-models.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { mutated, mutatedJson } from './mutations.ts';
import { RUNS, SEED } from './runs.ts';

const at = temporaryFolder();
const parameters = { numRuns: RUNS, seed: SEED };

/** Reads, or refuses in one sentence: anything else is a fault. */
async function readsOrRefuses(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    expect(error).toBeInstanceOf(UserFacingError);
    expect((error as Error).message).toMatch(/^[^\p{Cc}]+\.$/u);
  }
}

describe('hostile model files', () => {
  let bytes: Buffer;
  let parts: Parts;

  beforeAll(async () => {
    await writeModel(at('good'), fullModel({ layers: 2, prior: true }));
    bytes = await readFile(at('good'));
    parts = await takeApart(at('good'));
  });

  it('of changed bytes are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => mutated(bytes)),
        async (changed) => {
          await writeFile(at('changed'), changed);
          await readsOrRefuses(() => readModel(at('changed')));
          await readsOrRefuses(() => importNetwork(at('changed')));
          await looksLikeModel(at('changed'));
        },
      ),
      parameters,
    );
  });

  it('with changed metadata and a right checksum are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => mutatedJson(parts.metadata)),
        async (metadata) => {
          await writeFile(at('changed'), seal(textOf({ ...parts, metadata: metadata as Json }), parts.data));
          await readsOrRefuses(() => readModel(at('changed')));
        },
      ),
      parameters,
    );
  });

  it('with changed tensors and a right checksum are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => mutatedJson(parts.header)),
        async (header) => {
          await writeFile(at('changed'), seal(textOf({ ...parts, header: header as Json }), parts.data));
          await readsOrRefuses(() => readModel(at('changed')));
          await readsOrRefuses(() => importNetwork(at('changed')));
        },
      ),
      parameters,
    );
  });

  it('have headers that are parsed or refused', () => {
    const header = Buffer.from(JSON.stringify(parts.header));
    const texts = fc.oneof(
      mutated(header),
      mutatedJson(parts.header).map((value) => Buffer.from(JSON.stringify(value) ?? '')),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(texts, fc.nat(4096), (text, dataBytes) => {
        try {
          parseHeader(text, dataBytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      parameters,
    );
  });
});
