import { deflateSync, inflateSync } from 'node:zlib';
import type { Kernels } from './kernel-exports.ts';

/** A new mixer that has learnt what the text of `encodeMixer` says. */
export function decodeMixer(kernels: Kernels, text: string): number {
  const mixer = kernels.createMixer();
  const values = valuesOf(kernels, mixer);
  const differences = decode(text);
  // A text of another version of the kernels has another length: then the mixer has learnt nothing.
  if (differences.length === values.length) differences.forEach((difference, i) => (values[i] += difference));
  return mixer;
}

/** What a mixer has learnt since `createMixer`, as text: Base64 of deflated differences. */
export function encodeMixer(kernels: Kernels, mixer: number): string {
  const untrained = kernels.createMixer();
  const before = valuesOf(kernels, untrained);
  const differences = valuesOf(kernels, mixer).map((value, i) => value - before[i]);
  kernels.disposeMixer(untrained);
  const bits = new Uint32Array(differences.buffer);
  // The higher half of each number is kept, its two bytes apart from each other, which packs better.
  const bytes = new Uint8Array(bits.length * 2);
  bits.forEach((value, i) => {
    const rounded = Math.min(value + 0x8000, 0xffff_ffff) >>> 16;
    bytes[i] = rounded >>> 8;
    bytes[bits.length + i] = rounded & 0xff;
  });
  return deflateSync(bytes, { level: 9 }).toString('base64');
}

function decode(text: string): Float32Array {
  const bytes = inflateSync(Buffer.from(text, 'base64'));
  const count = bytes.length / 2;
  const bits = new Uint32Array(count).map((_, i) => ((bytes[i] << 24) | (bytes[count + i] << 16)) >>> 0);
  return new Float32Array(bits.buffer);
}

function valuesOf(kernels: Kernels, mixer: number): Float32Array {
  return new Float32Array(
    kernels.memory.buffer,
    mixer,
    kernels.mixerBytes() / Float32Array.BYTES_PER_ELEMENT,
  );
}
