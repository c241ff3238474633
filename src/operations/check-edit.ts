/** `check-edit`: may this agent edit these paths? Never writes. */
import * as z from 'zod';
import { type HeldPath, type VerdictWorld, verdictOn } from '../domain/claim/verdict.ts';
import { escapePath } from '../domain/pattern/escape.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import { claimPath, claimsFolder } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

export const checkEdit = defineOperation({
  name: 'check_edit',
  summary: 'Ask whether you may edit these paths: ours, free, or a conflict with its rivals. No side effect.',
  effect: 'read',
  input: z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }),
  run: ({ paths }, { store, surroundings, self }) =>
    store.read((view, nowMs) => {
      const own = { uid: ownUid(view, self), name: self.name };
      return done(verdictOn(paths, heldOn(paths, view), own, verdictWorld(view, nowMs, surroundings)));
    }),
});

export function verdictWorld(
  view: View,
  nowMs: number,
  surroundings: Pick<Session['surroundings'], 'kindAt'>,
): VerdictWorld {
  const isFolder = (path: string) => surroundings.kindAt(path) === 'folder';
  return { nowMs, ignoreCase: view.paths.ignoreCase, isFolder };
}

/** Each path of each claim that may touch one of the paths. A name with a control character has no pattern: any may. */
export function heldOn(paths: readonly string[], view: View): HeldPath[] {
  const ids = new Set<string>();
  for (const path of paths) {
    const parsed = parsePattern(escapePath(path), view.paths);
    const near = parsed.ok ? view.claimsOverlapping(parsed.pattern) : view.folder(claimsFolder).keys();
    for (const id of near) ids.add(id);
  }
  return heldBy(ids, view);
}

/** Each path of each claim. */
export function allHeld(view: View): HeldPath[] {
  return heldBy(view.folder(claimsFolder).keys(), view);
}

function heldBy(ids: Iterable<string>, view: View): HeldPath[] {
  return [...ids].flatMap((id) => {
    const claim = view.record(claimPath(id));
    if (claim?.kind === 'claim') {
      const { agent, uid, mode, expires } = claim;
      return claim.paths.map((pattern) => ({
        id,
        agent,
        uid,
        pattern,
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
        mode: 'exclusive',
        expires: null,
        why: 'its record cannot be read',
        branch: null,
      }),
    );
  });
}
