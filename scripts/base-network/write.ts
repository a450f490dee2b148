import { writeFile } from 'node:fs/promises';
import { BASE_METADATA_NAME, MIXING_TENSOR, parameterShapes } from '../../src/model/index.ts';
import type { Model } from '../../src/model/index.ts';

const LENGTH_BYTES = 8;
const BYTES_PER_VALUE = 2;

/** Writes a network as `readBaseNetwork` reads it: a safetensors file of half floats, rounded to the nearest. */
export async function writeBaseNetwork(
  path: string,
  { specification, vocabulary, weights }: Pick<Model, 'specification' | 'vocabulary' | 'weights'>,
  mixingWeights: Float32Array,
): Promise<void> {
  const entries: Record<string, unknown> = {
    __metadata__: { [BASE_METADATA_NAME]: JSON.stringify({ specification, vocabulary }) },
  };
  const parts: Buffer[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], values: Float32Array): void => {
    const halves = new Float16Array(values);
    const end = offset + halves.length * BYTES_PER_VALUE;
    entries[name] = { dtype: 'F16', shape, data_offsets: [offset, end] };
    parts.push(Buffer.from(halves.buffer));
    offset = end;
  };
  for (const [name, shape] of parameterShapes(specification)) add(name, shape, weights.get(name)!);
  add(MIXING_TENSOR, [mixingWeights.length], mixingWeights);
  const json = Buffer.from(JSON.stringify(entries));
  const header = Buffer.alloc(LENGTH_BYTES + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - LENGTH_BYTES));
  json.copy(header, LENGTH_BYTES);
  await writeFile(path, Buffer.concat([header, ...parts]));
}
