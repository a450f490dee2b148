/** The parts of this room that the base network's training uses by themselves. The program imports `index.ts` only. */
export { hashPosition } from './file-order.ts';
export { prepareText } from './text/prepare-text.ts';
