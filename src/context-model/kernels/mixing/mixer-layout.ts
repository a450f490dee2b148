// A mixer: everything that is learnt of how counts become predictions. All of it is f32, one after the other:
//   maps               [COLUMNS] probability maps (features.ts)
//   weights            [VECTORS, COLUMNS]
//   variance           [COLUMNS] moving averages of the gradient's squares
//   estimates          of the secondary estimation
//   network weights    of a network that is mixed in
//   rescoring          weights of the hidden layer (rescoring/layout.ts)
//   trust              in the network that is mixed in
//   network rescoring  weights by which counts and network together are scored again
import { CONTEXTS } from '../contexts/contexts';
import { initializeRescoring, RESCORING_BYTES } from '../rescoring/layout';
import { JOINT_STATES, STATES } from '../inputs/count-states';
import { COLUMNS, mapOf, MAPS_BYTES, RECENT_BEGIN, ROW_BYTES } from '../inputs/features';
import { initializeNetworkWeights, NETWORK_WEIGHTS_BYTES, TRUST_BYTES } from './network-mixer';
import { initializeNetworkRescoring, NETWORK_RESCORING_BYTES } from './network-rescoring-layout';
import { initializeMap } from '../inputs/probability-maps';
import { ESTIMATES_BYTES, initializeEstimates } from './secondary-estimation';
import { ORDER_VECTORS, VECTORS } from '../inputs/weight-sets';

export const WEIGHTS_AT: usize = MAPS_BYTES;
export const VARIANCE_AT: usize = WEIGHTS_AT + <usize>VECTORS * ROW_BYTES;
export const ESTIMATES_AT: usize = VARIANCE_AT + ROW_BYTES;
export const NETWORK_WEIGHTS_AT: usize = ESTIMATES_AT + ESTIMATES_BYTES;
export const RESCORING_AT: usize = NETWORK_WEIGHTS_AT + NETWORK_WEIGHTS_BYTES;
export const TRUST_AT: usize = RESCORING_AT + RESCORING_BYTES;
export const NETWORK_RESCORING_AT: usize = TRUST_AT + TRUST_BYTES;
const MIXER_BYTES: usize = NETWORK_RESCORING_AT + NETWORK_RESCORING_BYTES;

/** Of each column, in the vectors chosen by order; the other sets begin at 0. Some 20 columns speak, so their sum is 1. */
const INITIAL_WEIGHT: f32 = 0.05;

/** Bytes of what is taught beforehand without a network. */
export function mixerBytes(): usize {
  return TRUST_AT;
}

/** A mixer that has learnt nothing. */
export function createMixer(): usize {
  const mixer = heap.alloc(MIXER_BYTES);
  memory.fill(mixer, 0, MIXER_BYTES);
  for (let c = 0; c < CONTEXTS * 2; c++) initializeMap(mapOf(mixer, c), STATES, true);
  for (let c = CONTEXTS * 2; c < RECENT_BEGIN; c++) initializeMap(mapOf(mixer, c), JOINT_STATES, false);
  for (let c = RECENT_BEGIN; c < COLUMNS; c++) initializeMap(mapOf(mixer, c), STATES, false);
  const weights = mixer + WEIGHTS_AT;
  for (let i = 0; i < ORDER_VECTORS * COLUMNS; i++) store<f32>(weights + ((<usize>i) << 2), INITIAL_WEIGHT);
  const variance = mixer + VARIANCE_AT;
  for (let i = 0; i < COLUMNS; i++) store<f32>(variance + ((<usize>i) << 2), 1);
  initializeEstimates(mixer + ESTIMATES_AT);
  resetNetworkWeights(mixer);
  initializeRescoring(mixer + RESCORING_AT);
  return mixer;
}

/** Forgets what a mixer has learnt of mixing in a network. */
export function resetNetworkWeights(mixer: usize): void {
  initializeNetworkWeights(networkWeights(mixer), mixer + TRUST_AT);
  initializeNetworkRescoring(networkRescoring(mixer));
}

/** Address of [`networkWeightsCount`] f32, by which a network is mixed in. */
export function networkWeights(mixer: usize): usize {
  return mixer + NETWORK_WEIGHTS_AT;
}

export function networkWeightsCount(): i32 {
  return <i32>(NETWORK_WEIGHTS_BYTES >> 2);
}

/** Address of [`rescoringCount`] f32, the hidden layer's weights. */
export function rescoringWeights(mixer: usize): usize {
  return mixer + RESCORING_AT;
}

export function rescoringCount(): i32 {
  return <i32>(RESCORING_BYTES >> 2);
}

/** Address of [`networkRescoringCount`] f32, by which counts and network together are scored again. */
export function networkRescoring(mixer: usize): usize {
  return mixer + NETWORK_RESCORING_AT;
}

export function networkRescoringCount(): i32 {
  return <i32>(NETWORK_RESCORING_BYTES >> 2);
}

export function copyMixer(from: usize): usize {
  const mixer = heap.alloc(MIXER_BYTES);
  memory.copy(mixer, from, MIXER_BYTES);
  return mixer;
}

export function disposeMixer(mixer: usize): void {
  heap.free(mixer);
}
