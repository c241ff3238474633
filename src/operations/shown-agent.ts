/** Agents as answers show them. */
import type { Wait } from '../domain/agent/wait.ts';
import type { ShownClaim } from '../domain/claim/present.ts';
import type { AgentRecord } from '../domain/record/record.ts';
import { msOf } from '../domain/time.ts';
import type { Session } from './session.ts';

/** An agent of whose process nothing is known counts as live this long after it was last seen. */
const liveSeconds = 15 * 60;

export interface ShownAgent {
  readonly uid: string;
  readonly name: string;
  /** What it was called before, the latest first; only where it was. */
  readonly formerly?: readonly string[];
  /** What it says of itself; blocked while it waits for something. */
  readonly state: AgentRecord['state'];
  readonly activity: string | null;
  readonly status: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly visibility: 'visible' | 'hidden' | 'ghost';
  readonly repository: string | null;
  readonly cwd: string | null;
  readonly branch: string | null;
  readonly worktree: string | null;
  readonly harness: string | null;
  /** Acts under the name of git's own user, as its record says: no agent. */
  readonly person: boolean;
  readonly model: string | null;
  readonly host: string | null;
  readonly lastSeen: string;
  readonly left: string | null;
  readonly live: boolean;
  readonly claims: readonly ShownClaim[];
  /** The name of the agent that started its session; only where a harness told, and that agent may be named. */
  readonly startedBy?: string;
  /** Only where others are shown it. */
  readonly waitsFor?: readonly Wait[];
}

export function shownAgent(
  agent: AgentRecord,
  claims: readonly ShownClaim[],
  nowMs: number,
  session: Pick<Session, 'processState'>,
): ShownAgent {
  return {
    uid: agent.uid,
    name: agent.agent,
    ...(agent.formerly !== undefined && { formerly: agent.formerly }),
    state: agent.state,
    activity: agent.activity ?? null,
    status: agent.activity ?? null,
    description: agent.description ?? null,
    tags: agent.tags ?? [],
    visibility: agent.visibility ?? 'visible',
    repository: agent.repository ?? null,
    cwd: agent.cwd ?? null,
    branch: agent.branch ?? null,
    worktree: agent.worktree ?? null,
    harness: agent.harness ?? null,
    person: agent.person === true,
    model: agent.model ?? null,
    host: agent.host ?? null,
    lastSeen: agent.lastSeen,
    left: agent.left ?? null,
    live: isLive(agent, claims, nowMs, session),
    claims,
  };
}

/** By its process where one is known; else by when it was last seen, or held a claim whose lease runs. */
function isLive(
  agent: AgentRecord,
  claims: readonly ShownClaim[],
  nowMs: number,
  { processState }: Pick<Session, 'processState'>,
): boolean {
  if (agent.left !== undefined) return false;
  const state = agent.process === undefined ? 'unknown' : processState(agent.process);
  if (state !== 'unknown') return state === 'alive';
  return nowMs - msOf(agent.lastSeen) < liveSeconds * 1000 || claims.some(({ lapsed }) => !lapsed);
}
