import { describe, expect, it } from 'vitest';
import { editorOptions } from '../../bench/editor-settings.ts';
import { checkOptions } from '../../src/training/check-options.ts';

describe('editorOptions', () => {
  it('are options that training takes', () => {
    expect(() => checkOptions(editorOptions())).not.toThrow();
  });

  it('are the defaults of the settings, without those that leave the choice open', () => {
    const options = editorOptions();
    expect(options).toMatchObject({ cell: 'lstm', optimizer: 'adam', validationFraction: 0.1 });
    expect(Object.values(options)).not.toContain(null);
  });
});
