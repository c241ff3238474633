/** The two ends of a session: what an agent is told when it begins, and what it gives back when it is over. */
import { type GuardAnswer, nothingToSay } from '../../domain/guard/event.ts';
import { toldWelcome } from '../../domain/guard/welcome.ts';
import { leave } from '../presence.ts';
import type { Session } from '../session.ts';
import { listedAgentsIn } from '../who.ts';

export async function sessionStart(session: Session): Promise<GuardAnswer> {
  const { self, store } = session;
  const told = await store.read((view, nowMs) =>
    toldWelcome(listedAgentsIn(view, nowMs, false, session), { nowMs, self: self.name, policy: store.policy.guard }),
  );
  return { permission: 'as-usual', context: told };
}

/** Others see that it left; the claims of its first edits go. */
export async function sessionEnd(session: Session): Promise<GuardAnswer> {
  await leave(session);
  return nothingToSay;
}
