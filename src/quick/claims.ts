/** What the projection says of a commit's paths, for git's hooks: with nothing but node's own modules loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coversAny } from '../domain/claim/covering.ts';
import { isOurs, type Verdict, verdictOn } from '../domain/claim/verdict.ts';
import { kindAt } from '../store/git/kind-at.ts';
import type { Repository } from '../store/git/locate.ts';
import type { HeldLine } from '../store/projection/claims-lines.ts';
import { readLines } from '../store/projection/line-file.ts';
import { idBeforeSpace, subscribersFile } from '../store/projection/mail-lines.ts';
import { certainSelf, heldNear, isFresh, type NamedSelf, projectionOf, withNames } from '../store/projection/read.ts';

export interface Asking {
  readonly tip: string;
  readonly repository: Repository;
  /** By the uid where it is known. */
  readonly self: NamedSelf;
  readonly nowMs: number;
  /** Whether several repositories share the branch. */
  readonly inHub: boolean;
}

/** Undefined where the projection is not that of the tip, or is damaged. */
export function quickVerdict(paths: readonly string[], asking: Asking): Verdict | undefined {
  const { repository, nowMs } = asking;
  const { held, self } = heldLines(paths, asking) ?? {};
  const isFolder = (path: string) => kindAt(repository, path) === 'folder';
  if (held === undefined || self === undefined) return undefined;
  const verdict = verdictOn(paths, held, self, { nowMs, ignoreCase: repository.ignoreCase, isFolder });
  try {
    return withNames(projectionOf(repository), verdict, self.name);
  } catch {
    return undefined;
  }
}

/** Whether surely no claim of one's own covers any of these, or anything at all; false says nothing. */
export function holdsNone(paths: readonly string[] | undefined, asking: Asking): boolean {
  if (paths === undefined) return holdsNothing(asking);
  const { held, self } = heldLines(paths, asking) ?? {};
  if (held === undefined || self === undefined) return false;
  const own = held.filter((claim) => isOurs(claim, self));
  return !coversAny(paths, own, asking.repository);
}

/** Claims that are over count here, and so does a name in a reason: it is asked in order to go no further. */
function holdsNothing(asking: Asking): boolean {
  const { tip, repository, inHub } = asking;
  const dir = projectionOf(repository);
  try {
    const self = certainSelf(dir, asking.self);
    if (self === undefined) return false;
    const { name, uid } = self;
    const texts = readdirSync(join(dir, 'claims')).map((file) => readFileSync(join(dir, 'claims', file), 'utf8'));
    return (
      isFresh(dir, tip, inHub) && !texts.some((text) => text.includes(`\t${uid ?? name}\t`)) && isFresh(dir, tip, inHub)
    );
  } catch {
    return false;
  }
}

/** Whether anybody might want to be told of changes; false only where surely nobody does. */
export function hasSubscribers({ tip, repository, inHub }: Asking): boolean {
  const dir = projectionOf(repository);
  try {
    const nobody = readLines(join(dir, subscribersFile), idBeforeSpace, { whole: true }).size === 0;
    return !(nobody && isFresh(dir, tip, inHub));
  } catch {
    return true;
  }
}

/** With the uid that is asked for, as far as it is known by the time that the claims were. */
function heldLines(
  paths: readonly string[],
  asking: Asking,
): { readonly held: HeldLine[]; readonly self: NamedSelf } | undefined {
  const { tip, repository, inHub } = asking;
  const dir = projectionOf(repository);
  try {
    if (!isFresh(dir, tip, inHub)) return undefined;
    const self = certainSelf(dir, asking.self);
    if (self === undefined) return undefined;
    const held = heldNear(dir, paths, repository);
    // Made anew while it was read, it may have looked empty.
    return isFresh(dir, tip, inHub) ? { held, self } : undefined;
  } catch {
    return undefined;
  }
}
