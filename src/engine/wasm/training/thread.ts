import { parentPort, workerData } from 'node:worker_threads';
import type { NetworkSpecification } from '../../../model/index.ts';
import type { BatchLimits } from '../../batch.ts';
import { Control } from '../barrier.ts';
import type { Workspace } from './workspace.ts';
import { attachArena } from '../kernel-exports.ts';
import { planNetwork } from '../layout/memory-plan.ts';
import { executeCommand } from './execute-command.ts';

/** What a thread beside the main one is started with. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly specification: NetworkSpecification;
  readonly limits: BatchLimits;
  readonly threads: number;
  /** Which of them this is, from 1. */
  readonly thread: number;
}

/** The worker's whole life: it does what the main thread commands, until that is `end`. */
function serve({ module, memory, specification, limits, threads, thread }: ThreadData): void {
  const plan = planNetwork(specification, limits, threads);
  const control = new Control(memory.buffer, plan.control, threads);
  try {
    const workspace: Workspace = { specification, plan, arena: attachArena(module, memory), thread };
    parentPort?.postMessage('ready');
    for (;;) {
      control.wait(true);
      if (control.command.kind === 'end') return;
      executeCommand(workspace, control);
    }
  } catch (error) {
    control.fail();
    throw error;
  }
}

serve(workerData as ThreadData);
