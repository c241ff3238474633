/** Who is a person: who acts under the name of git's own user, with no name given by word and no harness around. */
import { isListed } from '../agent/visibility.ts';
import type { Actor, Context } from '../decision.ts';
import type { AgentRecord } from '../record/record.ts';

export function isPerson(actor: Pick<Actor, 'isPerson'>): boolean {
  return actor.isPerson === true;
}

/** Of what somebody writes: that it is a person who does, and nothing of an agent. */
export function personMark({ actor }: Pick<Context, 'actor'>): { readonly person?: true } {
  return isPerson(actor) ? { person: true } : {};
}

/**
 * By its record, which says how it came last; one from before the mark is an agent's until its person acts again. Who hides
 * is not written to unasked, and sees what is open all the same.
 */
export function isPresentPerson(record: AgentRecord): boolean {
  return record.person === true && record.left === undefined && isListed(record);
}
