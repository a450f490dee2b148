import { fileURLToPath } from 'node:url';

/** The network that models begin with, where the whole package is installed; this program is in dist/. */
export const BASE_NETWORK = fileURLToPath(new URL('../media/base-network.safetensors', import.meta.url));
/** The argument with which the language server has this program run a training in a process of its own. */
export const TRAINING_PROCESS = 'training-process';
