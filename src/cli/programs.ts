/** The argument with which the language server has this program run a training in a process of its own. */
export const TRAINING_PROCESS = 'training-process';
