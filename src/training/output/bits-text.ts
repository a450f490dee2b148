import type { BitsPerCharacter } from '../data/evaluation.ts';

/** A measure in words, with the measures of network and context model alone where the network was trained with one. */
export function bitsText(bits: BitsPerCharacter): string {
  const { bitsPerCharacter, bitsPerCharacterAlone: alone, bitsPerCharacterMemory: memory } = bits;
  const parts =
    alone === undefined || memory === undefined
      ? ''
      : ` (network alone ${alone.toFixed(3)}, context model alone ${memory.toFixed(3)})`;
  return `${bitsPerCharacter.toFixed(3)} bits per character${parts}`;
}
