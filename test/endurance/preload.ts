import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scope } from '../../scripts/real-vscode/scope.ts';

/** Scripts that are loaded into all processes of a session, and the files through which the test talks to them. */
export class Preload {
  private readonly clockFile: string;
  private readonly networkFile: string;

  private constructor(folder: string) {
    this.clockFile = join(folder, 'clock');
    this.networkFile = join(folder, 'network');
  }

  static async create(scope: Scope): Promise<Preload> {
    const preload = new Preload(await scope.temporaryFolder('preload'));
    await writeFile(preload.networkFile, '');
    await preload.setClock(0);
    return preload;
  }

  /** Variables that have Node.js load the scripts. */
  get env(): Readonly<Record<string, string>> {
    const scripts = ['inherit.mjs', 'clock.mjs', 'network.mjs'].map((name) =>
      join(import.meta.dirname, 'preload', name),
    );
    return {
      NODE_OPTIONS: scripts.map((script) => `--import=${script}`).join(' '),
      ENDURANCE_CLOCK_FILE: this.clockFile,
      ENDURANCE_NETWORK_FILE: this.networkFile,
    };
  }

  /** Sets the wall clock of the session's processes ahead. */
  async setClock(aheadMs: number): Promise<void> {
    await writeFile(this.clockFile, String(aheadMs));
  }

  /** Whether the scripts were loaded into processes whose command line has these words. */
  watched(words: string): boolean {
    return this.lines.some((line) => line.includes(' watched ') && line.includes(words));
  }

  /** Uses of the network by the extension's own programs. */
  get networkUses(): readonly string[] {
    return this.lines.filter((line) => line.includes(' used '));
  }

  private get lines(): readonly string[] {
    return readFileSync(this.networkFile, 'utf8').split('\n');
  }
}
