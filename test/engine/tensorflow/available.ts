import { describe } from 'vitest';
import { findTensorFlow } from '../../../src/engine/tensorflow/index.ts';

/** Tests that need TensorFlow: skipped where it is not installed; announce.ts says why. */
export const describeWithTensorFlow = describe.skipIf(findTensorFlow() === undefined);
