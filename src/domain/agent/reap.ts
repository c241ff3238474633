/**
 * Agents whose session ended without a word count as having left: else they would be listed, and be sent what goes to all, for
 * ever. What a session that leaves by itself gives up goes here, too; whoever comes back finds its name, its mail and its
 * claims as after leaving.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { reapedSeconds } from '../limits.ts';
import { agentsFolder, claimsFolder } from '../record/path.ts';
import type { AgentRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { putAsLeft } from './leave.ts';

/**
 * Takes as the instant of leaving when each was last seen. Never a person, whoever acts, nor one that holds a claim: what is known of
 * its end decides on that first. Answers their names.
 */
export function reapAgents(draft: Draft, context: Context): string[] {
  const gone = [...draft.folder(agentsFolder)].filter(
    (record): record is AgentRecord => record.kind === 'agent' && isGone(record, context),
  );
  if (gone.length === 0) return [];
  const holders = new Set([...draft.folder(claimsFolder)].map((claim) => (claim.kind === 'claim' ? claim.uid : '')));
  const reaped = gone.filter(({ uid }) => !holders.has(uid));
  for (const record of reaped) putAsLeft(record, draft);
  return reaped.map(({ agent }) => agent);
}

/**
 * Its process has ended; or it is one of another machine, and was not seen for as long as mail waits for one that left. Who
 * never had a process has no session whose end could be missed.
 */
function isGone(record: AgentRecord, { actor, nowMs, policy, processState }: Context): boolean {
  const { process, left, person, uid, lastSeen } = record;
  if (process === undefined || left !== undefined || person === true || uid === actor.uid) return false;
  const state = processState(process);
  if (state === 'alive') return false;
  const quietSeconds = state === 'dead' ? reapedSeconds : policy.undeliveredDays * 86_400;
  return nowMs - msOf(lastSeen) >= quietSeconds * 1000;
}
