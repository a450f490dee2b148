import manifest from '../package.json';
import type { TrainingOptions } from '../src/training/index.ts';

const settings = new Map<string, unknown>(
  manifest.contributes.configuration
    .flatMap(({ properties }) => Object.entries<unknown>(properties))
    .map(([key, setting]) => [key, (setting as { readonly default: unknown }).default]),
);

/** The default of a setting of the editor. */
export function settingDefault(key: string): unknown {
  return settings.get(key);
}

/** How the editor trains where nobody changed a setting. */
export function editorOptions(): TrainingOptions {
  const options = [...settings].flatMap(([key, value]) => {
    const name = /^charRnn\.(?:model|training)\.(\w+)$/.exec(key)?.[1];
    return name === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(options) as unknown as TrainingOptions;
}
