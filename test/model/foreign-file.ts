export interface Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: string;
}

/** A safetensors file as other programs write it. */
export function safetensors(tensors: Record<string, Tensor>, metadata?: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { shape, values, dtype = 'F32' }] of Object.entries(tensors)) {
    const bytes = Buffer.alloc(values.length * (dtype === 'F32' ? 4 : 2));
    for (const [i, value] of values.entries()) {
      if (dtype === 'F32') bytes.writeFloatLE(value, 4 * i);
      else bytes.writeUInt16LE(value, 2 * i);
    }
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}
