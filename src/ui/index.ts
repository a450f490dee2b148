export { ModelStore } from './model-store.ts';
export { Product } from './product.ts';
export type { StatusText } from './status-text.ts';
export { TrainingController } from './training-controller.ts';
