/**
 * Claiming paths: granted whole, queued, or refused with the rivals. The same agent never conflicts with itself;
 * asking again for exactly what one holds renews it.
 */
import { register } from '../agent/register.ts';
import { namesFor, withName } from '../agent/visibility.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { rememberKey } from '../key.ts';
import { claimPathsBytesMax, pathsPerClaimMax, whyCharsMax } from '../limits.ts';
import { meaningOf } from '../pattern/meaning.ts';
import { type Pattern, parsePattern } from '../pattern/parse.ts';
import { claimPath, waitingPath } from '../record/path.ts';
import { type Claimed, patternsOf } from '../record/patterns.ts';
import type { ClaimMode, ClaimRecord, WaitingRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { dependents, tell } from '../subscription/tell.ts';
import { listed, oneLine } from '../text.ts';
import { formatDuration, instantOf } from '../time.ts';
import { obstacles, type Rival } from './conflict.ts';
import { cycleThrough } from './cycle.ts';
import { nextNumber, nextToken } from './fence.ts';
import { keyedClaim, recallClaim } from './keyed.ts';
import { clockOf, leaseLength, placeSeconds } from './lease.ts';
import { conflictRefusal, cycleRefusal } from './refusals.ts';
import { settle, supersede } from './settle.ts';

export interface ClaimIntent {
  /** Of the claim, if a new one is made; else an id is drawn. */
  readonly id?: string | undefined;
  readonly paths: readonly string[];
  /** Those of `paths` that are files. */
  readonly files?: readonly string[] | undefined;
  readonly mode: ClaimMode;
  readonly why?: string | undefined;
  readonly leaseSeconds?: number | undefined;
  /** Joins the queue instead of being refused; the place is kept this long, and a lease beyond. */
  readonly waitSeconds?: number | undefined;
  readonly key?: string | undefined;
  /** Made by a guard: it goes when the session ends. Asked for later, the same claim stays. */
  readonly auto?: boolean | undefined;
}

export type ClaimOutcome =
  | {
      readonly claim: ClaimRecord;
      /** It is the first result of a key, and that claim is held no more. */
      readonly over?: true;
    }
  | { readonly waiting: WaitingRecord; readonly ahead: number; readonly rivals: readonly Rival[] };

export function decideClaim(draft: Draft, intent: ClaimIntent, context: Context): Decision<ClaimOutcome> {
  const patterns = parsePaths(intent, draft);
  if (!Array.isArray(patterns)) return patterns;
  const claimed = claimedBy(intent, patterns);
  const { paths } = claimed;
  const keyed = keyedClaim(intent.key, { mode: intent.mode, paths });
  const recalled = recallClaim(keyed, draft, context);
  if (recalled !== undefined) return recalled;

  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  settle(draft, context);

  const mine = heldAlready(intent.mode, patterns, draft, context);
  const place = placeAlready(intent.mode, patterns, draft, context);
  const ticket = place?.ticket ?? Number.POSITIVE_INFINITY;
  const { uid } = context.actor;
  const { rivals: inTheWay, lapsed } = obstacles(draft, { uid, patterns, mode: intent.mode, ticket }, context);

  const against = mine === undefined ? inTheWay : isWider(claimed, mine) ? inTheWay.filter(isHeld) : [];
  if (against.length > 0) {
    const names = namesFor(draft, context.actor.name);
    const rivals = against.map((rival) => withName(rival, names));
    if (intent.waitSeconds === undefined) return conflictRefusal(paths, rivals, context);
    const cycle = cycleThrough({ patterns, mode: intent.mode }, rivals, draft, context);
    return cycle === undefined
      ? join(claimed, place, rivals, intent, draft, context)
      : cycleRefusal(paths, cycle, rivals);
  }
  const leaseSeconds = leaseOf(intent, mine, context);
  const told = mine === undefined ? dependents(draft, context, claimed) : [];
  for (const claim of lapsed) supersede(claim, context.actor.name, draft, context);
  const claim: ClaimRecord = {
    ...(mine ?? {
      v: 1,
      id: intent.id ?? context.newId(),
      kind: 'claim',
      since: context.now,
      token: nextToken(draft, context),
    }),
    ...wantedBy(context, claimed, intent, mine),
    expires: instantOf(context.nowMs + leaseSeconds * 1000),
    leaseSeconds,
    auto: intent.auto && (mine === undefined || mine.auto) ? true : undefined,
    offeredUntil: undefined,
  } as ClaimRecord;
  draft.put(claimPath(claim.id), claim);
  tell(draft, context, told, { what: 'claims', why: claim.why, claim: claim.id });
  rememberKey(draft, { ...keyed, result: { claim } }, context);
  return {
    ok: true,
    result: { claim },
    headline: {
      op: mine === undefined ? 'claim' : 'renew',
      subject: claimSubject(claim),
      ids: [claim.id],
      paths,
      key: intent.key,
    },
  };
}

export function claimSubject({ paths, agent, leaseSeconds, why, mode }: ClaimRecord): string {
  const shared = mode === 'shared' ? ', shared' : '';
  const head = `claim ${oneLine(listed(paths), 120)} (${agent}, ${formatDuration(leaseSeconds)}${shared})`;
  return why === undefined ? head : `${head}: ${oneLine(why, 80)}`;
}

function parsePaths(intent: ClaimIntent, draft: Draft): Pattern[] | ReturnType<typeof refuse> {
  const texts = intent.paths;
  if (texts.length === 0) {
    return refuse('bad-pattern', 'A claim names at least one path.', 'Run git intercom claim <path>.');
  }
  if (texts.length > pathsPerClaimMax) {
    const next = 'Claim a folder or a pattern, such as src/auth/**, instead of each file.';
    return refuse('too-many', `A claim names at most ${pathsPerClaimMax} paths, and this one ${texts.length}.`, next);
  }
  const patterns: Pattern[] = [];
  for (const text of texts) {
    const below = intent.files?.includes(text) ? 'excluded' : 'included';
    const parsed = parsePattern(text, { ...draft.view.paths, below });
    if (!parsed.ok) {
      const message = `${JSON.stringify(oneLine(text, 80))} is no path pattern. ${parsed.reason}`;
      return refuse(
        'bad-pattern',
        message,
        'Patterns are paths from the top of the repository, with ?, *, ** and {a,b}.',
      );
    }
    patterns.push(parsed.pattern);
  }
  const bytes = patterns.reduce((sum, { source }) => sum + new TextEncoder().encode(source).length, 0);
  if (bytes > claimPathsBytesMax) {
    const next = 'Claim the folders that they lie in.';
    return refuse('too-large', `The paths have ${bytes} bytes, and ${claimPathsBytesMax} is the most.`, next);
  }
  return patterns;
}

/** By their canonical text, each once. A path that was also named as a folder is held with all below it. */
function claimedBy({ paths, files = [] }: ClaimIntent, patterns: readonly Pattern[]): Claimed {
  const folders = new Set(patterns.filter((_, n) => !files.includes(paths[n] as string)).map(meaningOf));
  const sources = new Map<string, string>();
  for (const pattern of patterns) if (!sources.has(meaningOf(pattern))) sources.set(meaningOf(pattern), pattern.source);
  const found = [...sources].filter(([meaning]) => !folders.has(meaning)).map(([, source]) => source);
  return { paths: [...sources.values()], files: found.length > 0 ? found : undefined };
}

/** What is not said again stays as it was. */
function leaseOf(intent: ClaimIntent, before: ClaimRecord | WaitingRecord | undefined, { policy }: Context): number {
  return leaseLength(intent.leaseSeconds ?? before?.leaseSeconds ?? policy.leaseSeconds, policy);
}

function wantedBy(
  { actor, now }: Context,
  { paths, files }: Claimed,
  intent: ClaimIntent,
  before: ClaimRecord | WaitingRecord | undefined,
) {
  return {
    agent: actor.name,
    uid: actor.uid,
    at: now,
    paths,
    files,
    mode: intent.mode,
    why: intent.why === undefined ? before?.why : oneLine(intent.why, whyCharsMax) || undefined,
    branch: actor.branch,
    worktree: actor.worktree,
    ...clockOf(actor),
  };
}

function heldAlready(
  mode: ClaimMode,
  patterns: readonly Pattern[],
  draft: Draft,
  { actor }: Context,
): ClaimRecord | undefined {
  return draft
    .claimsOverlapping(patterns)
    .find(
      (claim): claim is ClaimRecord =>
        claim.kind === 'claim' && claim.uid === actor.uid && claim.mode === mode && isSame(claim, patterns, draft),
    );
}

function placeAlready(
  mode: ClaimMode,
  patterns: readonly Pattern[],
  draft: Draft,
  { actor }: Context,
): WaitingRecord | undefined {
  return draft
    .waitingOverlapping(patterns)
    .find((waiting) => waiting.uid === actor.uid && waiting.mode === mode && isSame(waiting, patterns, draft));
}

/** What was a file is a folder now: what is below it may be another's. */
function isWider({ files = [] }: Claimed, held: Claimed): boolean {
  return (held.files ?? []).some((file) => !files.includes(file));
}

function isHeld({ state }: Rival): boolean {
  return state !== 'waits';
}

/** In whatever order, however they are written. */
function isSame(record: Claimed, patterns: readonly Pattern[], draft: Draft): boolean {
  const held = new Set(patternsOf(record, draft.view.paths).map(meaningOf));
  const wanted = new Set(patterns.map(meaningOf));
  return held.size === wanted.size && [...wanted].every((meaning) => held.has(meaning));
}

function join(
  claimed: Claimed,
  place: WaitingRecord | undefined,
  rivals: readonly Rival[],
  intent: ClaimIntent,
  draft: Draft,
  context: Context,
): Decision<ClaimOutcome> {
  const { paths } = claimed;
  const leaseSeconds = leaseOf(intent, place, context);
  const keptSeconds = placeSeconds(intent.waitSeconds ?? 0, leaseSeconds);
  const waiting = {
    ...(place ?? {
      v: 1,
      id: intent.id ?? context.newId(),
      kind: 'waiting',
      ticket: nextNumber(draft, context).counter,
    }),
    ...wantedBy(context, claimed, intent, place),
    expires: instantOf(context.nowMs + keptSeconds * 1000),
    leaseSeconds,
  } as WaitingRecord;
  draft.put(waitingPath(waiting.id), waiting);
  const ahead = rivals.filter(({ state }) => state === 'waits').length;
  const by = listed([...new Set(rivals.map(({ agent }) => agent))]);
  return {
    ok: true,
    result: { waiting, ahead, rivals },
    headline: {
      op: 'wait',
      subject: `wait for ${oneLine(listed(paths), 120)} (${waiting.agent}, behind ${by})`,
      ids: [waiting.id],
      paths,
    },
  };
}
