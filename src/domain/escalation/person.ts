/** Who counts as a person: whoever acts without a harness around. */
import type { Actor } from '../decision.ts';
import type { AgentRecord } from '../record/record.ts';

export function isPerson({ harness }: Pick<Actor, 'harness'>): boolean {
  return harness === undefined;
}

/** By its record, which says how it came last. */
export function isPresentPerson({ harness, left }: AgentRecord): boolean {
  return harness === undefined && left === undefined;
}
