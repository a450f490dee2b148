import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json';

const productSource = readFileSync(new URL('../src/ui/commands/commands.ts', import.meta.url), 'utf8');
const settings = manifest.contributes.configuration.flatMap((section) => Object.entries(section.properties));

describe('the manifest', () => {
  it('declares the commands that are registered, but for those only buttons run', () => {
    const registered = [...productSource.matchAll(/register\('(charRnn\.\w+)'/g)].map((match) => match[1]);
    const inPalette = registered.filter((command) => command !== 'charRnn.trainWithWasm');
    expect(inPalette.sort()).toEqual(manifest.contributes.commands.map((command) => command.command).sort());
  });

  it('describes every setting, in an order of its own', () => {
    const orders = settings.map(([, schema]) => (schema as { order: number }).order);
    expect(new Set(orders).size).toBe(settings.length);
    for (const [key, schema] of settings) {
      expect(key).toMatch(/^charRnn\./);
      expect((schema as { markdownDescription: string }).markdownDescription.length).toBeGreaterThan(10);
    }
  });

  it('binds no keys', () => expect(manifest.contributes).not.toHaveProperty('keybindings'));

  it('says what it does in untrusted and virtual workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  });
});
