/** A network and a training small enough for a test, large enough to learn the workspace's lines that are much alike. */
export const smallSettings = {
  'charRnn.model.layers': 1,
  'charRnn.model.units': 64,
  'charRnn.training.batchSize': 20,
  'charRnn.training.sequenceLength': 50,
  'charRnn.training.learningRate': 0.01,
  // Far more than the steps take on a busy machine.
  'charRnn.training.minutes': 30,
  'charRnn.training.steps': 600,
  'charRnn.training.validationFraction': 0.1,
};

/** A training that goes on until it is stopped, or has learnt all that the held-out files show. */
export const longTraining = {
  ...smallSettings,
  'charRnn.training.steps': null,
  'charRnn.training.epochs': 100_000,
};

/** A training that goes on until it is stopped in any case: no held-out files show that it has learnt all. */
export const endlessTraining = { ...longTraining, 'charRnn.training.validationFraction': 0 };

/** A file of the workspace that the suites type in. */
export const typedFile = 'src/files.ts';

/** Keeps the editor's own list away: while it is open, only ghost text that begins with its selected item is shown. */
export const noSuggestionList = {
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.wordBasedSuggestions': 'off',
};
