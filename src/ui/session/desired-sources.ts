import type { SuggestionSources } from '../../completion/index.ts';
import type { Obstacle } from '../status/obstacle.ts';

/** Everything that decides what suggestions come from. */
export interface SourceInputs {
  readonly obstacle: Obstacle;
  /** Whether ghost text is on for any language. */
  readonly isSuggesting: boolean;
  readonly isTraining: boolean;
  /** The model file; undefined where there is none. */
  readonly model: SuggestionSources['model'];
  /** Undefined where no file may be read. */
  readonly corpus: SuggestionSources['corpus'];
}

/**
 * What suggestions are to come from. The files of a workspace are read only if somebody trained on them, that is, if
 * there is a model file or a running training. While suggestions are off everywhere, no file is read, but the model is
 * loaded, because samples are written with it.
 */
export function desiredSources(inputs: SourceInputs): SuggestionSources {
  const { obstacle, isSuggesting, isTraining, model, corpus } = inputs;
  if (obstacle !== undefined || (model === undefined && !isTraining)) return {};
  return { ...(model && { model }), ...(isSuggesting && corpus && { corpus }) };
}
