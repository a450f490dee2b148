import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../src/errors.ts';
import { chooseEngine } from '../../src/engine/index.ts';

describe('chooseEngine', () => {
  for (const setting of ['auto', 'wasm'] as const) {
    it(`answers ${setting} with the wasm engine and says why`, async () => {
      const { engine, reason } = await chooseEngine(setting);
      expect(engine.name).toBe('wasm');
      expect(reason).not.toBe('');
    });
  }

  it('says what to choose where tensorflow is asked for', async () => {
    await expect(chooseEngine('tensorflow')).rejects.toThrow(UserFacingError);
    await expect(chooseEngine('tensorflow')).rejects.toThrow(/choose the engine wasm or auto/);
  });
});
