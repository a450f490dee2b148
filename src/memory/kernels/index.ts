export { setKind, setCharacter } from './alphabet';
export { setMask } from './contexts';
export { createTable, disposeTable, tableBytes } from './table';
export { learn, unlearn } from './learn';
export { rowOf, symbols } from './gather';
export * from './mixer';
export { learnJoint } from './join';
export * from './result';
export function allocate(bytes: usize): usize { return heap.alloc(bytes); }
export function release(address: usize): void { heap.free(address); }
