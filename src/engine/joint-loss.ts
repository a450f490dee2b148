/**
 * Weight of the joint loss in the training of a network with a prior: the gradient is that of
 * alone + JOINT_LOSS_WEIGHT · joint, each the mean over the counted targets. At 1 the alone output layer is as good
 * as that of a network trained without a prior, and the joint one better than by training on the joint loss alone;
 * 0 and 0.3 were no better for either (docs/experiments.md, "Writing alone and together").
 */
export const JOINT_LOSS_WEIGHT = 1;
