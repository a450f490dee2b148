import type { NetworkSpecification } from '../specification.ts';

/*
 * Jointly trained networks in files of version 0.1.0 have one output layer, `decoder.*`, which predicts together with
 * the prior. Those of later versions have two, of which `prior.decoder.*` is the joint one.
 */

const DECODER = 'decoder.';
const JOINT_DECODER = `prior.${DECODER}`;

/** Whether a tensor is the joint output layer's weight or bias, or a moment of one of them. */
export function isOfJointDecoder(name: string): boolean {
  return name.includes(JOINT_DECODER);
}

/** Whether a file, given its tensors by name, is of a jointly trained network with one output layer. */
export function hasOneDecoder(
  { prior }: NetworkSpecification,
  tensors: ReadonlyMap<string, unknown>,
): boolean {
  return prior === true && ![...tensors.keys()].some(isOfJointDecoder);
}

/** Copies the one output layer, or its moments, to the joint one, so that joint predictions stay the same. */
export function addJointDecoder(tensors: Map<string, Float32Array>): void {
  for (const [name, values] of [...tensors]) {
    if (name.includes(DECODER)) tensors.set(name.replace(DECODER, JOINT_DECODER), values.slice());
  }
}
