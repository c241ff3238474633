/** `check-edit`: may this agent edit these paths? Never writes. */
import * as z from 'zod';
import { withName } from '../domain/agent/visibility.ts';
import { verdictOnGlobs } from '../domain/claim/glob-verdict.ts';
import { ownEndMs } from '../domain/claim/own-end.ts';
import { eachOnce, type HeldPath, type Verdict, type VerdictWorld, verdictOn } from '../domain/claim/verdict.ts';
import { escapePath } from '../domain/pattern/escape.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import { idOf, localPattern, qualified, splitQualified } from '../domain/pattern/repository.ts';
import { asFile, isResource } from '../domain/pattern/resource.ts';
import { claimPath, claimsFolder } from '../domain/record/path.ts';
import { type Claimed, patternsOf } from '../domain/record/patterns.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { typedPaths } from './hub.ts';
import { globMeant, globMeantUnseen, type Named, pathsThere } from './named-paths.ts';
import { namesOf } from './names.ts';
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

export const checkEdit = defineOperation({
  name: 'check_edit',
  summary: 'Ask whether you may edit these paths: ours, free, or a conflict with its rivals. No side effect.',
  effect: 'read',
  input: z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }),
  run: async ({ paths }, session) => done(await verdictFor(await askedFor(paths, session), session)),
});

/** The same of names as git has them, in which nothing is special. */
export function verdictOnNames(names: readonly string[], session: Session): Promise<Verdict> {
  return verdictFor([{ key: session.store.place.repository, isHere: true, names, globs: noGlobs }], session);
}

/** What is asked of one repository. */
interface Asked {
  readonly key: string | null;
  readonly isHere: boolean;
  readonly names: readonly string[];
  readonly globs: Claimed;
  readonly isTyped?: true;
}

const noGlobs: Claimed = { paths: [], files: [] };

async function verdictFor(asked: readonly Asked[], session: Session): Promise<Verdict> {
  const { store, self } = session;
  const found = await store.read((view, nowMs) => {
    const own = { uid: ownUid(view, self), name: self.name };
    return together(
      asked.map(({ key, isHere, names, globs, isTyped = false }) => {
        const here = { ...verdictWorld(view, nowMs, session), isTyped };
        // Nobody knows what stands in the work trees of others.
        const world = isHere ? here : { ...here, isFolder: () => true };
        const verdicts = [
          ...(names.length === 0 ? [] : [verdictOn(names, heldOn(names, view, key, { isTyped }), own, world)]),
          ...(globs.paths.length === 0 ? [] : [verdictOnGlobs(globs, heldOnGlobs(globs, view, key), own, world)]),
        ];
        const { verdict, rivals } = together(verdicts);
        const once = { verdict, rivals: eachOnce(rivals) };
        return isHere ? once : elsewhereIn(key as string, once);
      }),
    );
  });
  const names = await namesOf(
    found.rivals.map(({ agent }) => agent),
    session,
  );
  return { ...found, rivals: found.rivals.map((rival) => withName(rival, names)) };
}

/** What this repository is asked for, and each other one. A glob is asked as it would be claimed. */
async function askedFor(typed: readonly string[], session: Session): Promise<Asked[]> {
  const own = session.store.place.repository;
  const byKey = new Map<string | null, { names: string[]; globs: Named[] }>();
  const add = (key: string | null, text: string, glob: Named | undefined) => {
    const known = byKey.get(key) ?? { names: [], globs: [] };
    byKey.set(key, known);
    if (glob === undefined) known.names.push(text);
    else known.globs.push(glob);
  };
  for (const path of await typedPaths(typed, session)) {
    const split = own === null ? undefined : splitQualified(path);
    const text = split === undefined ? path : asFile(split.rest);
    if (split !== undefined && split.id !== idOf(own as string)) add(split.key, text, globMeantUnseen(text));
    else for (const each of pathsThere(text, session)) add(own, each, globMeant(each, session));
  }
  const ownFirst = [...byKey].sort(([one], [other]) => Number(other === own) - Number(one === own));
  return ownFirst.map(([key, { names, globs }]) => {
    const files = globs.filter(({ isFile }) => isFile).map(({ path }) => path);
    return { key, isHere: key === own, names, globs: { paths: globs.map(({ path }) => path), files }, isTyped: true };
  });
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
  const isAllOurs = verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === 'ours');
  return { verdict: isAllOurs ? 'ours' : 'free', rivals };
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
 * another stands in nobody's way here. Paths that somebody typed may be resources. A name with a control character has no
 * pattern: any claim may touch it.
 */
export function heldOn(
  paths: readonly string[],
  view: View,
  key: string | null,
  { isTyped = false }: { readonly isTyped?: boolean } = {},
): HeldPath[] {
  const ids = new Set<string>();
  for (const path of paths) {
    const pattern = isTyped && isResource(path) ? path : escapePath(path);
    const parsed = parsePattern(pattern, view.paths);
    const near = parsed.ok ? view.claimsOverlapping(parsed.pattern) : view.folder(claimsFolder).keys();
    for (const id of near) ids.add(id);
  }
  return heldBy(ids, view, key);
}

function heldOnGlobs(globs: Claimed, view: View, key: string | null): HeldPath[] {
  const near = patternsOf(globs, view.paths).flatMap((pattern) => [...view.claimsOverlapping(pattern)]);
  return heldBy(new Set(near), view, key);
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
