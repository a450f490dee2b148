import { parentPort, workerData } from 'node:worker_threads';
import type { NetworkSpecification } from '../../../model/index.ts';
import type { BatchLimits } from '../../engine.ts';
import { CommandBlock } from '../command-block.ts';
import type { Workspace } from './workspace.ts';
import { attachArena } from '../arena.ts';
import { planNetwork } from '../layout/memory-plan.ts';
import { executeCommand } from './execute-command.ts';

/** What a worker is started with. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly specification: NetworkSpecification;
  readonly limits: BatchLimits;
  readonly threads: number;
  /** Number of this thread; the main thread is 0. */
  readonly thread: number;
}

/** Executes the commands of the main thread until `end`. */
function serve({ module, memory, specification, limits, threads, thread }: ThreadData): void {
  const plan = planNetwork(specification, limits, threads);
  const commands = new CommandBlock(memory.buffer, plan.commandBlock, threads);
  try {
    const workspace: Workspace = { specification, plan, arena: attachArena(module, memory), thread };
    parentPort?.postMessage('ready');
    for (;;) {
      commands.barrier.wait(Infinity);
      if (commands.command.kind === 'end') return;
      executeCommand(workspace, commands);
    }
  } catch (error) {
    commands.barrier.fail();
    throw error;
  }
}

serve(workerData as ThreadData);
