/** Replaces VS Code's native logger, which would need a compiler: the same calls, plain appended files. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'] as const;

type Write = (message: string) => void;

class FileLogger {
  readonly #file: string;
  #level = 0;
  #isPlain = false;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    const writers = LEVELS.map((name, rank): [string, Write] => [
      name,
      (message) => this.#write(rank, message),
    ]);
    Object.assign(this, Object.fromEntries(writers));
  }

  #write(rank: number, message: string): void {
    if (rank < this.#level) return;
    const time = new Date().toISOString().slice(0, 23).replace('T', ' ');
    appendFileSync(this.#file, this.#isPlain ? message : `${time} [${LEVELS[rank]}] ${message}\n`);
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  getLevel(): number {
    return this.#level;
  }

  /** Makes messages be written without time, level and line end. */
  clearFormatters(): void {
    this.#isPlain = true;
  }

  setPattern(): void {}
  flush(): void {}
  drop(): void {}
}

export function setLevel(): void {}

export function setFlushOn(): void {}

export function createRotatingLogger(_name: string, file: string): Promise<FileLogger> {
  return Promise.resolve(new FileLogger(file));
}

export const createAsyncRotatingLogger = createRotatingLogger;
