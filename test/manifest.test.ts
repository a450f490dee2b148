import { describe, expect, it } from 'vitest';
import manifest from '../package.json';
import texts from '../package.nls.json';
import { BUTTON_COMMANDS, COMMAND_IDS, type CommandName } from '../src/ui/command-ids.ts';
import { COMMANDS } from '../src/ui/commands/commands.ts';

const settings = manifest.contributes.configuration.flatMap((section) => Object.entries(section.properties));

describe('the manifest', () => {
  it('declares the commands that are registered, but for those only buttons run', () => {
    const buttonIds = [...BUTTON_COMMANDS].map((name): string => COMMAND_IDS[name]);
    const inPalette = COMMANDS.map(({ id }) => id).filter((id) => !buttonIds.includes(id));
    expect(inPalette.sort()).toEqual(manifest.contributes.commands.map((command) => command.command).sort());
  });

  it('names every command as the code does', () => {
    const names = Object.keys(COMMAND_IDS) as CommandName[];
    expect(names.map((name) => COMMAND_IDS[name])).toEqual(names.map((name) => `charRnn.${name}`));
  });

  it('describes every setting, in an order of its own', () => {
    const orders = settings.map(([, schema]) => (schema as { order: number }).order);
    expect(new Set(orders).size).toBe(settings.length);
    for (const [key, schema] of settings) {
      expect(key).toMatch(/^charRnn\./);
      const { markdownDescription } = schema as { markdownDescription: string };
      const description = texts[markdownDescription.replaceAll('%', '') as keyof typeof texts];
      expect(description.length).toBeGreaterThan(10);
    }
  });

  it('hides from the palette what can do nothing in a window without a trusted folder', () => {
    const always = ['toggleSuggestions', 'snooze', 'openSettings', 'showLog', 'showTraining'].map(
      (name) => `charRnn.${name}`,
    );
    for (const { command, enablement } of manifest.contributes.commands) {
      if (always.includes(command)) expect(enablement, command).toBeUndefined();
      else expect(enablement, command).toMatch(/isWorkspaceTrusted|charRnn\.isTraining$/);
    }
  });

  it('binds no keys', () => expect(manifest.contributes).not.toHaveProperty('keybindings'));

  it('says what it does in untrusted and virtual workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  });
});
