/** Loads TensorFlow, multiplies 2 by 3, and prints its version; see check.ts. */
import { loadTensorFlow } from '../../src/engine/tensorflow/runtime/load.ts';
import { Operations } from '../../src/engine/tensorflow/operations/operations.ts';

const binding = loadTensorFlow();
const operations = new Operations(binding);
const [PRODUCT] = operations.read(operations.multiply(operations.scalar(2), operations.scalar(3)));
if (PRODUCT !== 6) throw new Error(`TensorFlow computes 2 · 3 = ${PRODUCT}`);
console.log(binding.TF_Version);
