/** Who counts as a person: whoever acts without a harness around. */
import { isListed } from '../agent/visibility.ts';
import type { Actor } from '../decision.ts';
import type { AgentRecord } from '../record/record.ts';

export function isPerson({ harness }: Pick<Actor, 'harness'>): boolean {
  return harness === undefined;
}

/** Whoever acts under the name that a person has on this machine. A name that was given by hand may be an agent's. */
export function isSelfNamed({ harness, isSelfNamed: isOwn }: Pick<Actor, 'harness' | 'isSelfNamed'>): boolean {
  return harness === undefined && isOwn === true;
}

/** By its record, which says how it came last. Who hides is not written to unasked, and sees what is open all the same. */
export function isPresentPerson(record: AgentRecord): boolean {
  return record.harness === undefined && record.left === undefined && isListed(record);
}
