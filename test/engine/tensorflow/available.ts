import { describe } from 'vitest';
import { findTensorFlow } from '../../../src/engine/tensorflow/index.ts';

const isThere = findTensorFlow() !== undefined;
const hint = isThere ? '' : ' (skipped: TensorFlow is not installed; `npm run tensorflow` gets it)';

/** Tests that need TensorFlow: skipped, saying why, where it is not installed. */
export function describeWithTensorFlow(name: string, tests: () => void): void {
  describe.skipIf(!isThere)(`${name}${hint}`, tests);
}
