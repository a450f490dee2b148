import { findTensorFlow } from '../../../src/engine/tensorflow/index.ts';

/** Vitest's global set-up: says once why the TensorFlow suites are skipped, if they are. */
export default function announce(): void {
  if (findTensorFlow() !== undefined) return;
  console.log(
    'The TensorFlow suites are skipped: TensorFlow is not installed; `npm run tensorflow` installs it.',
  );
}
