import { JOINT_LOSS_WEIGHT } from '../../joint-loss.ts';
import type { PackedMatrix } from '../layout/memory-plan.ts';
import { shardOf } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** One output layer: logits = W h + b. */
export interface OutputLayer {
  /** Its parameters are `<name>.weight` and `<name>.bias`. */
  readonly name: string;
  /** W. */
  readonly packed: PackedMatrix;
  /** Byte offset of this thread's logits [T·b, Vp], then their gradients. */
  readonly logits: number;
  /** Weight of its loss in the training. */
  readonly lossWeight: number;
}

/** The alone output layer, and the joint one where the network has one and the batch a logit bias. */
export function outputLayers(workspace: Workspace, joint: boolean): readonly OutputLayer[] {
  const { decoder, jointDecoder } = workspace.plan;
  const { logits, logitBias } = shardOf(workspace);
  const alone = { name: 'decoder', packed: decoder, logits, lossWeight: 1 };
  if (!joint || logitBias === null || jointDecoder === null) return [alone];
  const both = {
    name: 'prior.decoder',
    packed: jointDecoder,
    logits: logitBias.jointLogits,
    lossWeight: JOINT_LOSS_WEIGHT,
  };
  return [alone, both];
}
