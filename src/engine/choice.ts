import { UserFacingError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { createWasmEngine } from './wasm/index.ts';

/** What the user asked for. */
export type EngineSetting = 'auto' | 'wasm' | 'tensorflow';

export interface EngineChoice {
  readonly engine: Engine;
  /** Why this one, for the log and the model's record; one short phrase. */
  readonly reason: string;
}

/** @throws UserFacingError where the engine asked for cannot run here. */
export async function chooseEngine(setting: EngineSetting): Promise<EngineChoice> {
  switch (setting) {
    case 'tensorflow':
      throw new UserFacingError(
        'The tensorflow engine is not part of this version, so nothing was started; choose the engine wasm or auto.',
      );
    case 'wasm':
      return { engine: await createWasmEngine(), reason: 'asked for' };
    case 'auto':
      return { engine: await createWasmEngine(), reason: 'the only engine in this version' };
  }
}
