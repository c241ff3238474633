/** `overview`: the state of the coordination at one moment, as the live view shows it. */
import * as z from 'zod';
import { namesFor, withName } from '../domain/agent/visibility.ts';
import type { ShownAsk } from '../domain/ask/present.ts';
import { type ShownClaim, type ShownWaiting, shownClaim, shownWaiting } from '../domain/claim/present.ts';
import { Draft } from '../domain/draft.ts';
import type { ShownEscalation } from '../domain/escalation/present.ts';
import { unreadOf } from '../domain/message/inbox.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { messagePath } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { claimsIn, waitingIn } from './claims.ts';
import { defineOperation } from './define.ts';
import { escalationsIn, shownEscalations } from './escalations.ts';
import { type LogEntry, newest } from './log.ts';
import { type AgentAtWork, withOpenWork } from './open-work.ts';
import { pendingIn, shownAsks } from './pending.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';
import { listedAgentsIn } from './who.ts';

/** How far back the last messages are looked for: a long look would cost a moment at every change. */
const commitsLookedAt = 200;

export interface Overview {
  readonly branch: string;
  /** The folder of the work tree; of the repository itself where it is bare. */
  readonly place: string;
  readonly agents: readonly AgentAtWork[];
  readonly claims: readonly ShownClaim[];
  readonly waiting: readonly ShownWaiting[];
  /** The last ones, newest first, whoever they are for. */
  readonly messages: readonly ShownMessage[];
  /** Ids of what the asking agent has not acknowledged. */
  readonly unread: readonly string[];
  /** Open asks of the asking agent, and to it. */
  readonly pendingAsks: readonly ShownAsk[];
  /** All that waits for a person. */
  readonly escalations: readonly ShownEscalation[];
  readonly log: readonly LogEntry[];
}

export const overview = defineOperation({
  name: 'overview',
  summary: 'See agents, claims, the queue, the last messages and the last events at once.',
  effect: 'read',
  input: z.object({
    messages: z.number().min(0).max(50).default(5),
    events: z.number().min(0).max(commitsLookedAt).default(8),
  }),
  run: async (input, session) => {
    const names = (view: View) => namesFor(view, session.self.name);
    const past = await listedOnly(await newest({ limit: commitsLookedAt }, session), session);
    const present = await session.store.read((view, nowMs) => ({
      agents: listedAgentsIn(view, nowMs, false, session),
      claims: claimsIn(view).map((claim) => withName(shownClaim(claim, nowMs, view.provisional), names(view))),
      waiting: waitingIn(view).map((waiting) => withName(shownWaiting(waiting), names(view))),
      unread: unreadOf(new Draft(view), session.self.name).map(({ id }) => id),
      pendingAsks: pendingIn(view, session.self.name, nowMs),
      escalations: escalationsIn(view, { name: session.self.name, isPerson: true }),
    }));
    const { ref, workTree, commonDir } = session.store.place;
    return done<Overview>({
      branch: ref.replace('refs/heads/', ''),
      place: workTree ?? commonDir,
      ...present,
      pendingAsks: await shownAsks(present.pendingAsks, session),
      escalations: await shownEscalations(present.escalations, session),
      agents: await withOpenWork(present.agents, session),
      messages: await lastMessages(past, input.messages, session),
      log: past.slice(0, input.events),
    });
  },
});

/** What agents that are not listed did stays in the log, and is not put before everybody. */
function listedOnly(entries: readonly LogEntry[], { store, self }: Session): Promise<LogEntry[]> {
  return store.read((view) => {
    const names = namesFor(view, self.name);
    return entries.filter(({ agent }) => agent === null || names(agent) === agent);
  });
}

async function lastMessages(
  past: readonly LogEntry[],
  count: number,
  session: Session,
): Promise<readonly ShownMessage[]> {
  const ids = past
    .filter(({ op }) => op === 'send' || op === 'ask' || op === 'reply' || op === 'escalate')
    .flatMap(({ id }) => (id === null ? [] : [id]));
  const found: ShownMessage[] = [];
  for (const id of ids) {
    if (found.length >= count) break;
    const record = await session.store.read((view) => view.record(messagePath(id)));
    if (record?.kind === 'message') found.push(shownMessage(record));
  }
  return opened(found, session);
}
