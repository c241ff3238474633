/** Own claims that git has made an end to: which a commit was made under, and giving back what has no change left. */
import { claimsCovering } from '../domain/claim/covering.ts';
import { type ShownClaim, shownClaim } from '../domain/claim/present.ts';
import { matches, meetsFolder } from '../domain/pattern/match.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import { localPattern } from '../domain/pattern/repository.ts';
import { agentPath, claimPath } from '../domain/record/path.ts';
import type { ClaimRecord } from '../domain/record/record.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { type Answer, done } from './answer.ts';
import { claimsIn } from './claims.ts';
import { release } from './release.ts';
import type { Session } from './session.ts';

/** Git is asked about all of them at once, by their patterns; whoever has more gives them back some commits later. */
const claimsMax = 500;

/** Live claims of the session's agent that cover one of the paths, the oldest first. Never writes. */
export function claimsOn(paths: readonly string[], session: Session): Promise<readonly ShownClaim[]> {
  return session.store.read((view, nowMs) =>
    ownOn(paths, view, session, nowMs).map((each) => shownClaim(each, nowMs, view.provisional)),
  );
}

export interface GiveBackInput {
  readonly which: 'auto' | 'all';
  /** Claims that cover one of these; all of this work tree when absent. */
  readonly paths?: readonly string[] | undefined;
  /** Not those that are younger. */
  readonly minAgeSeconds?: number | undefined;
}

/** A claim goes when no work tree of its own has an uncommitted change on it. Nothing to give back writes nothing. */
export async function giveBack(
  input: GiveBackInput,
  session: Session,
): Promise<Answer<{ claims: readonly ShownClaim[] }>> {
  const meant = await session.store.read((view, nowMs) => meantBy(input, view, session, nowMs));
  if (meant.length === 0) return done({ claims: [] });
  const changes = await session.surroundings.changes(meant.flatMap(({ paths }) => paths));
  const clean = meant.filter((claim) => {
    const worktree = claim.worktree ?? session.self.worktree;
    const changed = changes.find((each) => each.worktree === worktree)?.paths ?? [];
    return !changed.some((path) => isOn(path, claim, session));
  });
  if (clean.length === 0) return done({ claims: [] });
  const references = clean.map(({ id }) => id);
  return release.run({ references, all: false, force: false }, session);
}

/** As far back as somebody keeps a commit to himself. */
const entriesMax = 5_000;

/** Whether each of these claims ended by its holder's release, as the history of the branch tells. */
export async function wereGivenBack(ids: readonly string[], { store }: Session): Promise<boolean> {
  const open = new Set(ids);
  let looks = 0;
  for await (const entry of store.history()) {
    if (open.size === 0 || ++looks > entriesMax) break;
    if (entry.op === 'release') for (const id of entry.ids) open.delete(id);
  }
  return open.size === 0;
}

function meantBy({ which, paths, minAgeSeconds = 0 }: GiveBackInput, view: View, session: Session, nowMs: number) {
  const own = paths === undefined ? ownClaims(view, session) : ownOn(paths, view, session, nowMs);
  const found = own.filter(
    (claim) =>
      (which === 'all' || claim.auto === true) &&
      !reachesElsewhere(claim.id, view, session) &&
      (paths !== undefined || claim.worktree === session.self.worktree) &&
      nowMs - msOf(claim.since) >= minAgeSeconds * 1000,
  );
  return found.slice(0, claimsMax);
}

/** Whether it holds paths of another repository as well, of whose work trees nothing is known here. */
function reachesElsewhere(id: string, view: View, { store }: Session): boolean {
  const claim = view.record(claimPath(id));
  const key = store.place.repository;
  return claim?.kind === 'claim' && claim.paths.some((path) => localPattern(path, key) === undefined);
}

function ownOn(paths: readonly string[], view: View, session: Session, nowMs: number): ClaimRecord[] {
  const uid = uidOf(view, session);
  return uid === undefined ? [] : claimsCovering(paths, claimsHere(view, session), uid, { nowMs, ...view.paths });
}

/** With the paths of this repository alone, as they are written in it. */
function claimsHere(view: View, { store }: Session): ClaimRecord[] {
  const key = store.place.repository;
  if (key === null) return claimsIn(view);
  return claimsIn(view).flatMap((claim) => {
    const paths = claim.paths.flatMap((path) => localPattern(path, key) ?? []);
    return paths.length === 0 ? [] : [{ ...claim, paths }];
  });
}

function ownClaims(view: View, session: Session): ClaimRecord[] {
  const uid = uidOf(view, session);
  return claimsHere(view, session).filter((claim) => claim.uid === uid);
}

function uidOf(view: View, { self }: Session): string | undefined {
  const known = view.record(agentPath(self.name));
  return self.uid ?? (known?.kind === 'agent' ? known.uid : undefined);
}

/** Git names an untracked folder by itself, with a slash, for all that is in it. */
function isOn(path: string, { paths }: ClaimRecord, { store }: Session): boolean {
  return paths.some((text) => {
    const parsed = parsePattern(text, store.place);
    if (!parsed.ok) return true;
    return matches(parsed.pattern, path) || (path.endsWith('/') && meetsFolder(parsed.pattern, path));
  });
}
