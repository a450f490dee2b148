import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import source from '../../../../dist/engine-thread.txt';
import type { Command, CommandBlock } from '../command-block.ts';
import type { Workspace } from './workspace.ts';
import type { ThreadData } from './thread.ts';
import { executeCommand } from './execute-command.ts';

/**
 * The threads of one network: this one, and a worker for each further shard. Workers sleep between commands, exit
 * after `end`, and do not keep the process alive.
 */
export class ThreadPool {
  private readonly workspace: Workspace;
  private readonly commands: CommandBlock;
  private readonly workers: readonly Worker[];
  private failure: Error | undefined;

  private constructor(workspace: Workspace, commands: CommandBlock, workers: readonly Worker[]) {
    this.workspace = workspace;
    this.commands = commands;
    this.workers = workers;
    for (const worker of workers) {
      worker.on('error', (error) => (this.failure ??= error as Error));
      worker.on('exit', () => (this.failure ??= new Error('a training thread ended')));
    }
  }

  /** @throws Error when a thread does not start. */
  static async start(
    workspace: Workspace,
    commands: CommandBlock,
    limits: ThreadData['limits'],
  ): Promise<ThreadPool> {
    const { specification, plan, arena } = workspace;
    const threads = plan.shards.length;
    const workers = plan.shards.slice(1).map((_, i) => {
      const { module, memory } = arena;
      const data: ThreadData = { module, memory, specification, limits, threads, thread: i + 1 };
      const worker = new Worker(source, {
        eval: true,
        workerData: data,
        execArgv: [],
        name: `char-rnn training ${i + 1}`,
      });
      worker.unref();
      return worker;
    });
    try {
      await Promise.all(workers.map((worker) => started(worker)));
    } catch (error) {
      for (const worker of workers) void worker.terminate();
      throw error;
    }
    return new ThreadPool(workspace, commands, workers);
  }

  /** Executes a command on all threads. @throws Error when one of them fails or has failed before. */
  run(command: Command): void {
    if (this.failure !== undefined) throw new Error('a training thread failed', { cause: this.failure });
    try {
      this.commands.command = command;
      this.commands.barrier.wait();
      executeCommand(this.workspace, this.commands);
    } catch (error) {
      this.failure ??= error as Error;
      this.commands.barrier.fail();
      throw error;
    }
  }

  /** Makes the workers exit, without waiting for them. */
  end(): void {
    if (this.failure === undefined) {
      this.failure = new Error('the training threads were ended');
      this.commands.command = {
        kind: 'end',
        length: 0,
        counted: 0,
        dropout: false,
        biasEntries: 0,
        tableRows: 0,
      };
      this.commands.barrier.wait();
    } else {
      for (const worker of this.workers) void worker.terminate();
    }
  }
}

/** Waits for a worker's first message. Unreferenced, the worker would let the process end before it. */
async function started(worker: Worker): Promise<void> {
  worker.ref();
  try {
    await once(worker, 'message');
  } finally {
    worker.unref();
  }
}
