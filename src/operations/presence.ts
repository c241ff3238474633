/** A session's sign of life, and its leaving. */
import { decideLeave } from '../domain/agent/leave.ts';
import { decideStay } from '../domain/agent/stay.ts';
import { act } from './act.ts';
import type { Answer } from './answer.ts';
import type { Session } from './session.ts';

/** Renews leases past their half and says when the agent was last seen; mostly there is nothing to write. */
export function stay(session: Session): Promise<Answer<{ readonly renewed: readonly string[] }>> {
  return act(session, decideStay, ({ renewed }) => ({ renewed: renewed.map(({ id }) => id) }));
}

export function leave(session: Session): Promise<Answer<undefined>> {
  return act(session, decideLeave, () => undefined);
}
