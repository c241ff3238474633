/** The two ends of a session: what an agent is told when it begins, and what it gives back when it is over. */
import { decideRelease } from '../../domain/claim/release.ts';
import { type GuardAnswer, nothingToSay } from '../../domain/guard/event.ts';
import { toldWelcome } from '../../domain/guard/welcome.ts';
import { claimsFolder } from '../../domain/record/path.ts';
import { act } from '../act.ts';
import { leave } from '../presence.ts';
import type { Session } from '../session.ts';
import { agentsIn } from '../who.ts';

export async function sessionStart(session: Session): Promise<GuardAnswer> {
  const { self, store } = session;
  const told = await store.read((view, nowMs) =>
    toldWelcome(agentsIn(view, nowMs, false, session), { nowMs, self: self.name, policy: store.policy.guard }),
  );
  return { permission: 'as-usual', context: told };
}

/** Claims that were asked for stay: they lapse, or the session is resumed. Those of first edits go. */
export async function sessionEnd(session: Session): Promise<GuardAnswer> {
  const { store, self } = session;
  const made = await store.read((view) =>
    [...view.folder(claimsFolder).values()].flatMap((claim) =>
      claim.kind === 'claim' && claim.auto && claim.agent === self.name ? [claim.id] : [],
    ),
  );
  if (made.length > 0) {
    await act(
      session,
      (draft, context) => decideRelease(draft, { references: made, all: false }, context),
      () => undefined,
    );
  }
  await leave(session);
  return nothingToSay;
}
