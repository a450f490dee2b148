import type { NetworkSpecification } from '../../../model/index.ts';
import type { Arena } from '../arena.ts';
import type { NetworkPlan, ShardPlan } from '../layout/memory-plan.ts';

/** A network as one of its threads sees it. */
export interface Workspace {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly arena: Arena;
  /** Index of this thread's shard in the plan. */
  readonly thread: number;
}

/** Byte offset of a parameter in one of the regions. */
export function parameter(plan: NetworkPlan, region: number, name: string): number {
  return region + 4 * plan.parameters.offset(name);
}

export function shardOf({ plan, thread }: Workspace): ShardPlan {
  return plan.shards[thread];
}
