import type { NetworkSpecification } from '../../../model/index.ts';
import type { Arena } from '../arena.ts';
import type { NetworkPlan, ShardPlan } from '../layout/memory-plan.ts';

/** A network's numbers as one thread sees them: what it is, where they are, and what works on them. */
export interface Workspace {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly arena: Arena;
  /** Which of the plan's shards is this thread's. */
  readonly thread: number;
}

/** Byte offset of a parameter in one of the regions. */
export function parameter(plan: NetworkPlan, region: number, name: string): number {
  return region + 4 * plan.parameters.offset(name);
}

export function shardOf({ plan, thread }: Workspace): ShardPlan {
  return plan.shards[thread];
}
