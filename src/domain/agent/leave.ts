/**
 * A session ends: others see that it left. What it claimed stays until it is released or lapses, for a session that is
 * resumed goes on with it; what a guard claimed for it goes, and the next edit brings it back. Its mail waits for it.
 */
import { ownClaims } from '../claim/held.ts';
import { settle } from '../claim/settle.ts';
import type { Context, Decision, Headline } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentPath, claimPath, subscriptionPath } from '../record/path.ts';
import type { AgentRecord, ClaimRecord, ProcessEvidence } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import { isSameProcess } from './same-process.ts';

/**
 * Writes nothing for one who is not registered, has left, or whose name another process took over meanwhile. A process
 * that is dead leaves by whoever saw its end.
 */
export function decideLeave(draft: Draft, context: Context): Decision<undefined> {
  const { actor, now } = context;
  const record = draft.record(agentPath(actor.name));
  const isHere = record?.kind === 'agent' && record.uid === actor.uid && record.left === undefined;
  if (isHere && isOver(record.process, context)) {
    putAsLeft({ ...record, lastSeen: now }, draft);
    const released = ownClaims(draft, context).flatMap(({ claim }) => (claim.auto ? [claim] : []));
    for (const { id } of released) draft.remove(claimPath(id));
    if (released.length > 0) settle(draft, context);
    return { ok: true, result: undefined, headline: headlineOf(released, context) };
  }
  return { ok: true, result: undefined, headline: headlineOf([], context) };
}

/** As of when it was last seen. Without a process, and what it subscribed to is nobody's any more. */
export function putAsLeft({ process: _process, ...kept }: AgentRecord, draft: Draft): void {
  draft.put(agentPath(kept.agent), { ...kept, left: kept.lastSeen });
  if (draft.record(subscriptionPath(kept.agent)) !== undefined) draft.remove(subscriptionPath(kept.agent));
}

function headlineOf(released: readonly ClaimRecord[], { actor }: Context): Headline {
  const paths = released.flatMap((claim) => claim.paths);
  const given = paths.length === 0 ? '' : `, release ${oneLine(listed(paths), 120)}`;
  return {
    op: 'leave',
    subject: `${actor.name} left${given}`,
    ids: [actor.uid, ...released.map(({ id }) => id)],
    ...(paths.length > 0 && { paths }),
  };
}

function isOver(process: ProcessEvidence | undefined, { actor, processState }: Context): boolean {
  if (process === undefined || actor.process === undefined) return process === actor.process;
  return isSameProcess(process, actor.process) || processState(process) === 'dead';
}
