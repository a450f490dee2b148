import { createReferenceEngine } from '../../../src/engine/reference/index.ts';
import { describeConformance } from '../conformance.ts';

describeConformance('reference', () => Promise.resolve(createReferenceEngine()));
