/** `check-edit`: may this agent edit these paths? Never writes. */
import * as z from 'zod';
import { withName } from '../domain/agent/visibility.ts';
import { ownEndMs } from '../domain/claim/own-end.ts';
import { type HeldPath, type Verdict, type VerdictWorld, verdictOn } from '../domain/claim/verdict.ts';
import { escapePath } from '../domain/pattern/escape.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import { idOf, localPattern, qualified, splitQualified } from '../domain/pattern/repository.ts';
import { asFile, isResource } from '../domain/pattern/resource.ts';
import { claimPath, claimsFolder } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { typedPaths } from './hub.ts';
import { pathsThere } from './named-paths.ts';
import { namesOf } from './names.ts';
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

export const checkEdit = defineOperation({
  name: 'check_edit',
  summary: 'Ask whether you may edit these paths: ours, free, or a conflict with its rivals. No side effect.',
  effect: 'read',
  input: z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }),
  run: async ({ paths }, session) => {
    const { store, self } = session;
    const { here: named, elsewhere } = byRepository(await typedPaths(paths, session), store.place.repository);
    const here = named.flatMap((path) => pathsThere(path, session));
    const found = await store.read((view, nowMs) => {
      const own = { uid: ownUid(view, self), name: self.name };
      const world = { ...verdictWorld(view, nowMs, session), isTyped: true };
      // Nobody knows what stands in the work trees of others.
      const unknown = { ...world, isFolder: () => true };
      const verdicts = [...elsewhere].map(([key, there]) =>
        elsewhereIn(key, verdictOn(there, heldOn(there, view, key, 'typed'), own, unknown)),
      );
      if (here.length > 0)
        verdicts.unshift(verdictOn(here, heldOn(here, view, store.place.repository, 'typed'), own, world));
      return together(verdicts);
    });
    const names = await namesOf(
      found.rivals.map(({ agent }) => agent),
      session,
    );
    return done({ ...found, rivals: found.rivals.map((rival) => withName(rival, names)) });
  },
});

/** Plain paths of this repository, and those of each other one. */
function byRepository(paths: readonly string[], own: string | null) {
  const here: string[] = [];
  const elsewhere = new Map<string, string[]>();
  for (const path of paths) {
    const split = own === null ? undefined : splitQualified(path);
    if (own === null || split === undefined || split.id === idOf(own))
      here.push(split === undefined ? path : asFile(split.rest));
    else elsewhere.set(split.key, [...(elsewhere.get(split.key) ?? []), asFile(split.rest)]);
  }
  return { here, elsewhere };
}

function elsewhereIn(key: string, { verdict, rivals }: Verdict): Verdict {
  const inIt = (paths: readonly string[]) => paths.map((path) => qualified(path, key));
  return {
    verdict,
    rivals: rivals.map((rival) => ({ ...rival, paths: inIt(rival.paths), overlap: inIt(rival.overlap) })),
  };
}

function together(verdicts: readonly Verdict[]): Verdict {
  const [only, ...others] = verdicts;
  if (only !== undefined && others.length === 0) return only;
  const rivals = verdicts.flatMap((each) => each.rivals);
  if (rivals.length > 0) return { verdict: 'conflict', rivals };
  return { verdict: verdicts.every(({ verdict }) => verdict === 'ours') ? 'ours' : 'free', rivals };
}

function localHeld(held: HeldPath, key: string): HeldPath[] {
  const pattern = localPattern(held.pattern, key);
  return pattern === undefined ? [] : [{ ...held, pattern }];
}

export function verdictWorld(
  view: View,
  nowMs: number,
  { surroundings, store }: Pick<Session, 'surroundings' | 'store'>,
): VerdictWorld {
  const isFolder = (path: string) => surroundings.kindAt(path) === 'folder';
  const ownEnd = ({ id }: Pick<HeldPath, 'id'>) => {
    const claim = view.record(claimPath(id));
    if (claim?.kind !== 'claim') return Number.POSITIVE_INFINITY;
    const isKnownThere = !view.provisional.has(id);
    const confirmed = isKnownThere ? view.confirmed && (view.confirmed.get(id) ?? claim.expires) : undefined;
    return ownEndMs(claim, confirmed, store.policy.clockDriftSeconds);
  };
  return { nowMs, ignoreCase: view.paths.ignoreCase, isFolder, ownEndMs: ownEnd };
}

/**
 * Each path of each claim that may touch one of the paths, as it is written in their repository: what is claimed in
 * another stands in nobody's way here. `typed` paths may be resources. A name with a control character has no pattern: any claim may touch it.
 */
export function heldOn(paths: readonly string[], view: View, key: string | null, how?: 'typed'): HeldPath[] {
  const ids = new Set<string>();
  for (const path of paths) {
    const pattern = how === 'typed' && isResource(path) ? path : escapePath(path);
    const parsed = parsePattern(pattern, view.paths);
    const near = parsed.ok ? view.claimsOverlapping(parsed.pattern) : view.folder(claimsFolder).keys();
    for (const id of near) ids.add(id);
  }
  return heldBy(ids, view, key);
}

/** Each path of each claim. */
export function allHeld(view: View, key: string | null): HeldPath[] {
  return heldBy(view.folder(claimsFolder).keys(), view, key);
}

function heldBy(ids: Iterable<string>, view: View, key: string | null): HeldPath[] {
  const held = [...ids].flatMap((id): HeldPath[] => {
    const claim = view.record(claimPath(id));
    if (claim?.kind === 'claim') {
      const { agent, uid, mode, expires } = claim;
      return claim.paths.map((pattern) => ({
        id,
        agent,
        uid,
        pattern,
        isFile: claim.files?.includes(pattern) === true,
        mode,
        expires,
        why: claim.why ?? null,
        branch: claim.branch ?? null,
      }));
    }
    if (claim?.kind !== 'unreadable') return [];
    return claim.paths.map(
      (pattern): HeldPath => ({
        id,
        agent: 'unknown',
        uid: null,
        pattern,
        isFile: false,
        mode: 'exclusive',
        expires: null,
        why: 'its record cannot be read',
        branch: null,
      }),
    );
  });
  return key === null ? held : held.flatMap((each) => localHeld(each, key));
}
