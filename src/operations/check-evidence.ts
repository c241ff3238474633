/** What can be found out about the holders and the branches of claims, and about whom nothing can. */
import type { SeenClaim, SeenHolder } from '../domain/check/seen.ts';
import type { Unseen } from '../domain/check/unseen.ts';
import type { AgentRecord, ClaimRecord } from '../domain/record/record.ts';
import { msOf } from '../domain/time.ts';
import type { AskedBranch, BranchState } from '../store/port.ts';
import type { Session } from './session.ts';

export type FoundClaim = Pick<SeenClaim, 'claim' | 'file'>;

/** Looking for changes asks git once for each work tree; of more claims it is not said whether changes were left. */
const looksForChangesMax = 20;

/** In the order of the claims. A holder on another host cannot be looked up, and is named as unseen. */
export async function holdersOf(
  claims: readonly FoundClaim[],
  agents: ReadonlyMap<string, AgentRecord>,
  session: Session,
): Promise<{ readonly states: readonly SeenHolder[]; readonly unseen: Unseen }> {
  const states: SeenHolder[] = [];
  const holders = new Set<string>();
  let looks = 0;
  for (const { claim } of claims) {
    const agent = agents.get(claim.agent);
    const state = stateOf(claim, agent?.uid === claim.uid ? agent : undefined, session);
    if (state === 'elsewhere') holders.add(claim.agent);
    if (state === 'elsewhere') states.push({ state: 'unknown' });
    else if (state.state !== 'dead') states.push(state);
    else states.push({ ...state, leftChanges: looks++ < looksForChangesMax && (await hasChanges(claim, session)) });
  }
  return { states, unseen: { holders: [...holders].sort() } };
}

/** Of an agent without a process, such as a person at a shell, nothing more can be known: it is not unseen. */
function stateOf(claim: ClaimRecord, agent: AgentRecord | undefined, session: Session): SeenHolder | 'elsewhere' {
  if (agent?.left !== undefined) return { state: 'left', atMs: msOf(agent.left) };
  if (claim.host !== session.self.host) return 'elsewhere';
  if (agent?.process === undefined) return { state: 'unknown' };
  const state = session.processState(agent.process);
  if (state === 'unknown') return 'elsewhere';
  return state === 'alive' ? { state } : { state, pid: agent.process.pid, leftChanges: false };
}

async function hasChanges({ paths, worktree }: ClaimRecord, { surroundings }: Session): Promise<boolean> {
  if (worktree === undefined) return false;
  const changed = await surroundings.changes(paths);
  return changed.some((each) => each.worktree === worktree);
}

/** In the order of the claims. */
export async function branchesOf(
  claims: readonly FoundClaim[],
  { surroundings, self }: Session,
): Promise<{ readonly states: readonly SeenClaim['branch'][]; readonly unseen: Unseen }> {
  const asked = claims.flatMap(({ claim }) => (claim.branch === undefined ? [] : [askedBranch(claim, self.host)]));
  const answers = (await surroundings.branchStates(asked)).values();
  const named = new Map<BranchState, Set<string>>();
  const states = claims.map(({ claim }): SeenClaim['branch'] => {
    if (claim.branch === undefined) return 'unknown';
    const state = answers.next().value ?? 'uncertain';
    named.set(state, (named.get(state) ?? new Set()).add(claim.branch));
    return state === 'absent' || state === 'uncertain' ? 'unknown' : state;
  });
  const namesOf = (state: BranchState) => [...(named.get(state) ?? [])].sort();
  return { states, unseen: { absentBranches: namesOf('absent'), uncertainBranches: namesOf('uncertain') } };
}

function askedBranch({ branch = '', since, host, worktree }: ClaimRecord, ownHost: string): AskedBranch {
  return { branch, sinceMs: msOf(since), worktree: host === ownHost ? (worktree ?? null) : null };
}
