import { setTimeout as sleep } from 'node:timers/promises';
import type { Notification } from '../../scripts/real-vscode/window.ts';
import { footprintOf, internetSockets, runningProcesses } from './processes.ts';
import type { Session } from './session.ts';
import { keptBits, modelFiles } from './storage.ts';

const INTERVAL_MS = 1000;
/** A notification that is there again this soon was not told once. */
const AGAIN_MS = 4000;
const MIB = 2 ** 20;

interface Sample {
  readonly seconds: number;
  readonly bytes: number;
  readonly files: number;
}

/** Watches a session from outside: its notifications, its model file, its processes. */
export class Watcher {
  /** Everything that should not have been, as sentences. */
  readonly faults: string[] = [];
  /** Messages of notifications with how often they came. */
  readonly messages = new Map<string, number>();
  /** While the test itself has damaged the model file. */
  isModelDamaged = false;
  /** What is under way, for the sentences. */
  doing = 'starting';
  private readonly session: Session;
  private readonly started = performance.now();
  private readonly hosts = new Map<number, Sample[]>();
  private readonly goneAt = new Map<string, number>();
  private visible = new Set<string>();
  private hadModel = false;
  private isEnding = false;

  constructor(session: Session) {
    this.session = session;
  }

  async run(): Promise<void> {
    while (!this.isEnding) {
      await sleep(INTERVAL_MS);
      this.lookAtProcesses();
      await this.lookAtModel();
      await this.session.window.notifications().then(
        (notifications) => this.lookAtNotifications(notifications),
        // The page is being loaded anew.
        () => undefined,
      );
    }
  }

  /** The person asks for something again, so that the same answer again is no fault. */
  noteAction(): void {
    this.goneAt.clear();
  }

  end(): void {
    this.isEnding = true;
  }

  /** How the extension host that lived longest grew, in MiB and open files an hour; undefined for a short life. */
  growth(): { readonly minutes: number; readonly mib: number; readonly files: number } | undefined {
    const lives = [...this.hosts.values()].sort((a, b) => b.length - a.length);
    // The first minute reads the workspace and compiles.
    const life = lives.at(0)?.slice(60) ?? [];
    if (life.length < 60) return undefined;
    const hours = life.map(({ seconds }) => seconds / 3600);
    return {
      minutes: life.length / 60,
      mib: slope(
        hours,
        life.map(({ bytes }) => bytes / MIB),
      ),
      files: slope(
        hours,
        life.map(({ files }) => files),
      ),
    };
  }

  private lookAtProcesses(): void {
    const seconds = (performance.now() - this.started) / 1000;
    for (const { pid, role } of runningProcesses(this.session.server.pid)) {
      // The server itself listens; what it forks has no reason to.
      if (role === 'training')
        for (const socket of internetSockets(pid)) this.blame(`a training has a socket: ${socket}`);
      const footprint = footprintOf(pid);
      if (role !== 'extension host' || !footprint) continue;
      const samples = this.hosts.get(pid) ?? [];
      samples.push({ seconds, ...footprint });
      this.hosts.set(pid, samples);
    }
  }

  private async lookAtModel(): Promise<void> {
    if (this.isModelDamaged) return;
    try {
      const [file] = modelFiles(this.session.userData);
      if (this.hadModel && file === undefined) this.blame('the model is gone');
      if (file === undefined) return;
      await keptBits(this.session.userData);
      this.hadModel = true;
    } catch (error) {
      if (!this.isModelDamaged) this.blame(`the model does not open: ${String(error)}`);
    }
  }

  private lookAtNotifications(notifications: readonly Notification[]): void {
    const now = performance.now();
    const visible = new Set<string>();
    for (const { message, inProgress } of notifications) {
      if (inProgress) continue;
      visible.add(message);
      if (this.visible.has(message)) continue;
      this.messages.set(message, (this.messages.get(message) ?? 0) + 1);
      if (/\n\s+at |\bat \S+:\d+:\d+|node:internal|\[object /.test(message))
        this.blame(`no sentence for a person: ${message}`);
      if (now - (this.goneAt.get(message) ?? -Infinity) < AGAIN_MS)
        this.blame(`told again at once: ${message}`);
    }
    for (const message of this.visible) if (!visible.has(message)) this.goneAt.set(message, now);
    this.visible = visible;
  }

  private blame(what: string): void {
    const sentence = `${what} (${this.doing})`;
    if (!this.faults.includes(sentence)) this.faults.push(sentence);
  }
}

/** By least squares. */
function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let above = 0;
  let below = 0;
  for (const [index, value] of x.entries()) {
    above += (value - meanX) * (y[index] - meanY);
    below += (value - meanX) ** 2;
  }
  return above / below;
}
