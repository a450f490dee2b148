import type { SuggestionSources } from '../../completion/index.ts';
import type { Obstacle } from './obstacle.ts';

/** Everything that decides what suggestions come from. */
export interface SourceInputs {
  readonly obstacle: Obstacle;
  /** Whether ghost text is on for any language. */
  readonly isSuggesting: boolean;
  /** Whether the surprise of lines is shown. */
  readonly showsSurprise: boolean;
  readonly isTraining: boolean;
  /** Whether suggestions are wanted where nobody has trained yet. */
  readonly suggestsBeforeTraining: boolean;
  /** The model file; undefined where there is none. */
  readonly model: SuggestionSources['model'];
  /** The network that suggests where nobody has trained; undefined: files alone do. */
  readonly base: SuggestionSources['model'];
  /** Undefined where no file may be read. */
  readonly corpus: SuggestionSources['corpus'];
}

/**
 * What suggestions are to come from. Before somebody trained, that is, where there is neither a model file nor a running
 * training, it is the base network and the files, unless the user does not want that; then no file is read. While
 * suggestions are off everywhere and no surprise is shown, no file is read, but a model is loaded, because samples are
 * written with it.
 */
export function desiredSources(inputs: SourceInputs): SuggestionSources {
  const { obstacle, isSuggesting, showsSurprise, isTraining, suggestsBeforeTraining, model, base, corpus } =
    inputs;
  if (obstacle !== undefined) return {};
  if (model === undefined && !isTraining && !suggestsBeforeTraining) return {};
  const network = model ?? (isSuggesting && suggestsBeforeTraining ? base : undefined);
  return { ...(network && { model: network }), ...((isSuggesting || showsSurprise) && corpus && { corpus }) };
}
