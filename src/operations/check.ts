/** `check`: what a CI should stop, or at least say: claims that are stale, in conflict, or unreadable. Never writes. */
import * as z from 'zod';
import { type CheckReport, gravities } from '../domain/check/finding.ts';
import { judge } from '../domain/check/judge.ts';
import type { SeenClaim, SeenRange, SeenUnreadable } from '../domain/check/seen.ts';
import { type Unseen, unseenSentences } from '../domain/check/unseen.ts';
import { idOf, localPattern } from '../domain/pattern/repository.ts';
import { claimsFolder, folderOf, isOfNewerVersion } from '../domain/record/path.ts';
import type { AgentRecord, ClaimRecord } from '../domain/record/record.ts';
import type { LocatedBranch } from '../store/port.ts';
import { done } from './answer.ts';
import { branchesOf, type FoundClaim, holdersOf } from './check-evidence.ts';
import { historyOf } from './check-history.ts';
import { defineOperation } from './define.ts';
import type { Session } from './session.ts';

/** Git would take it for an option. */
const revision = z.string().regex(/^[^-]/, 'a revision is not empty, and does not begin with a dash');

export const check = defineOperation({
  name: 'check',
  summary: 'Find stale claims, claims of others on what a range of commits changes, and records nobody can read.',
  effect: 'read',
  input: z.object({
    base: revision.optional().describe('with it, the range from here to head is held against the claims of others'),
    head: revision.optional().describe('HEAD when absent'),
    maxAgeSeconds: z.number().min(1).optional().describe('older claims are stale, however often they were renewed'),
    commits: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('how many of the latest commits are looked at, strictly; 100 when absent, and the past is let pass'),
    signed: z.boolean().default(false).describe('whether the commits looked at must be signed, and well'),
    failOn: z
      .enum([...gravities, 'never'])
      .default('stale')
      .describe('the least grave finding that is not ok'),
  }),
  run: async ({ base, head, maxAgeSeconds, commits, signed, failOn }, session) => {
    const { store, surroundings, upkeep } = session;
    const branch = await store.locateBranch();
    if (branch === null) {
      const counts = { claims: 0, records: 0 };
      const unseen = unseenSentences({ branch: store.policy.branch, remote: await remoteToFetch(store, upkeep) });
      return done<CheckReport>({ ok: true, ref: store.place.ref, findings: [], unseen, counts });
    }
    const nowMs = await store.read((_view, nowMs) => nowMs);
    const { claims, agents, unreadable, unknown, records } = await readAll(branch, session);
    const holders = await holdersOf(claims, agents, session);
    const branches = await branchesOf(claims, session);
    const past = await historyOf(branch, commits, signed, session);
    const { range, ...unseenRange } = await rangeOf(base, head, surroundings);
    const seen = {
      nowMs,
      host: session.self.host,
      boot: session.self.boot,
      clockDriftSeconds: store.policy.clockDriftSeconds,
      maxAgeSeconds,
      ignoreCase: store.place.ignoreCase,
      claims: claims.map(
        (found, n): SeenClaim => ({
          ...found,
          holder: holders.states[n] ?? { state: 'unknown' },
          branch: branches.states[n] ?? 'unknown',
        }),
      ),
      unreadable,
      agents,
      history: past.history,
      range,
    };
    const unseen = unseenSentences({ ...unseenRange, ...holders.unseen, ...branches.unseen, ...past.unseen, unknown });
    const unreadableClaims = unreadable.filter(({ path }) => folderOf(path) === claimsFolder).length;
    const counts = { claims: claims.length + unreadableClaims, records };
    return done<CheckReport>({ ref: branch.ref, ...judge(seen, { failOn, unseen, counts }) });
  },
});

interface Everything {
  readonly claims: readonly FoundClaim[];
  readonly agents: ReadonlyMap<string, AgentRecord>;
  readonly unreadable: readonly SeenUnreadable[];
  /** Paths of records that a newer version may have made. */
  readonly unknown: readonly string[];
  readonly records: number;
}

/**
 * What counts, and what was added by hand on top of it: that is not obeyed, and what is wrong with it is said. In a hub
 * the claims on paths of this repository alone.
 */
async function readAll({ tip }: LocatedBranch, { store }: Session): Promise<Everything> {
  const claims: { readonly claim: ClaimRecord; readonly file: string }[] = [];
  const agents = new Map<string, AgentRecord>();
  const unreadable: SeenUnreadable[] = [];
  const unknown: string[] = [];
  const known = new Set<string>();
  const isQuarantined = (await store.byHand(tip)).length > 0;
  for (const how of isQuarantined ? (['obeyed', 'as-is'] as const) : (['obeyed'] as const)) {
    for await (const [path, record, file] of store.scan('', tip, how)) {
      if (known.has(path)) continue;
      known.add(path);
      if (isOfNewerVersion(path)) unknown.push(path);
      else if (record.kind === 'claim') claims.push({ claim: record, file });
      else if (record.kind === 'agent') agents.set(record.agent, record);
      else if (record.kind === 'unreadable') unreadable.push({ record, path, file, isByHand: how === 'as-is' });
    }
  }
  const here = claims.flatMap(({ claim, file }) => {
    const paths = claim.paths.flatMap((path) => localPattern(path, store.place.repository) ?? []);
    if (paths.length === 0) return [];
    const isFromHere = isInRepository(agents.get(claim.agent), store.place.repository);
    return [{ claim: { ...claim, paths, ...(!isFromHere && elsewhere) }, file }];
  });
  return { claims: here, agents, unreadable, unknown, records: known.size };
}

/** A branch of another repository is none of this one, though it may be called the same. */
const elsewhere = { branch: undefined, worktree: undefined };

function isInRepository(agent: AgentRecord | undefined, own: string | null): boolean {
  return own === null || agent?.repository === undefined || idOf(agent.repository) === idOf(own);
}

async function rangeOf(
  base: string | undefined,
  head: string | undefined,
  surroundings: Session['surroundings'],
): Promise<{ readonly range: SeenRange | undefined } & Unseen> {
  if (base === undefined) return { range: undefined, isBaseMissing: head !== undefined };
  const to = head ?? 'HEAD';
  const found = await surroundings.commitRange(base, to);
  if ('missing' in found) return { range: undefined, revisions: found.missing };
  return { range: found, cutRange: found.isCut ? [base, to] : undefined };
}

/** Undefined where the only remote is the usual one, or nobody can tell which of several it is. */
async function remoteToFetch({ policy }: Session['store'], upkeep: Session['upkeep']): Promise<string | undefined> {
  if (policy.remote !== null) return policy.remote;
  const [only, ...others] = await upkeep.remotes();
  return others.length === 0 ? only?.name : undefined;
}
