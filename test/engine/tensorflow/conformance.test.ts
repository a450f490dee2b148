import { createTensorFlowEngine } from '../../../src/engine/tensorflow/index.ts';
import { describeConformance } from '../conformance.ts';
import { describeWithTensorFlow } from './available.ts';

describeWithTensorFlow('TensorFlow', () => {
  describeConformance('tensorflow', createTensorFlowEngine);
});
