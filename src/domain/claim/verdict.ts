/** May this agent edit these paths? Read-only and quick: it knows claims as the projection has them, too. */
import { isElsewhere } from '../pattern/elsewhere.ts';
import { matches, meetsFolder } from '../pattern/match.ts';
import { parsePattern } from '../pattern/parse.ts';
import { isResource } from '../pattern/resource.ts';
import { nearTo, touchingAny } from './near.ts';

/** What a guard needs to know of a claim. */
export interface HeldPath {
  readonly id: string;
  readonly agent: string;
  readonly uid: string | null;
  readonly pattern: string;
  /** Of the pattern it is known that nothing can lie below it. */
  readonly isFile: boolean;
  readonly mode: 'exclusive' | 'shared';
  readonly expires: string | null;
  readonly why: string | null;
  readonly branch: string | null;
}

export interface Verdict {
  readonly verdict: 'ours' | 'free' | 'conflict';
  readonly rivals: readonly HeldRival[];
}

export interface HeldRival extends Omit<HeldPath, 'pattern' | 'isFile'> {
  readonly paths: readonly string[];
  readonly overlap: readonly string[];
}

/** Of the work tree only that much: whether a folder stands at a path. Asked only where a claim lies below it. */
export interface VerdictWorld {
  readonly nowMs: number;
  readonly ignoreCase: boolean;
  readonly isFolder: (path: string) => boolean;
  /** When a claim of one's own ends for oneself; as it is recorded where this is left out. */
  readonly ownEndMs?: ((claim: HeldPath) => number) | undefined;
  /** The paths are as an agent types them: `port:5432` is a resource, and the file of that name `./port:5432`. */
  readonly isTyped?: boolean;
}

/**
 * `conflict` when a live claim of another agent that one of ours does not stand beside matches a path, or something
 * below a path that is a folder; `ours` when every path is matched whole by a claim of ours that others know to be live; else `free`. A lapsed
 * claim of another does not stop an edit. Someone else's shared claim stops those who do not share it.
 */
export function verdictOn(
  paths: readonly string[],
  held: readonly HeldPath[],
  self: { readonly uid: string | undefined; readonly name: string },
  world: VerdictWorld,
): Verdict {
  const rivalsById = new Map<string, HeldRival>();
  const oursByPath = new Map<string, boolean>();
  // For one path the index would cost more than it saves.
  const isOne = paths.length === 1;
  const live = (isOne ? held : touchingAny(held, paths, world)).filter((claim) => isLive(claim, world.nowMs));
  const candidates = isOne ? () => live : nearTo(live, world);
  for (const path of paths) {
    const near = candidates(path)
      .map((claim) => ({ claim, holds: partHeld(claim, path, world) }))
      .filter(({ holds }) => holds !== 'none');
    const ours = near.filter(({ claim, holds }) => holds === 'all' && isOurs(claim, self) && isSure(claim, world));
    if (ours.length > 0) oursByPath.set(path, true);
    for (const { claim, holds } of near) {
      if (isOurs(claim, self)) continue;
      if (claim.mode === 'shared' && ours.some(({ claim: { mode } }) => mode === 'shared')) continue;
      const { pattern, isFile: _isFile, ...rest } = claim;
      const known = rivalsById.get(claim.id);
      rivalsById.set(claim.id, {
        ...rest,
        // In an order of their own: the projection does not keep that of the claim.
        paths: [...new Set([...(known?.paths ?? []), pattern])].sort(),
        overlap: [...new Set([...(known?.overlap ?? []), holds === 'all' ? path : pattern])].sort(),
      });
    }
  }
  const rivals = [...rivalsById.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rivals.length > 0) return { verdict: 'conflict', rivals };
  return { verdict: paths.length > 0 && paths.every((path) => oursByPath.has(path)) ? 'ours' : 'free', rivals };
}

/** Nobody can tell who holds it: its record cannot be read. */
export function isUnreadable({ uid }: Pick<HeldPath, 'uid'>): boolean {
  return uid === null;
}

/** By the uid; by the name where nobody has a uid for it yet. */
export function isOurs(claim: HeldPath, self: { readonly uid: string | undefined; readonly name: string }): boolean {
  return self.uid === undefined ? claim.agent === self.name : claim.uid === self.uid;
}

/** Of one's own: by what the authority knows of its lease. */
export function isSure(claim: HeldPath, { nowMs, ownEndMs }: VerdictWorld): boolean {
  return ownEndMs === undefined || ownEndMs(claim) > nowMs;
}

/** One of which nobody can tell when it ends goes on. */
export function isLive(claim: HeldPath, nowMs: number): boolean {
  return claim.expires === null || Date.parse(claim.expires) > nowMs;
}

/** As claims are decided by: a claimed file holds nothing below it, also where a folder stands in its place. */
export function belowOf({ isFile }: Pick<HeldPath, 'isFile'>): 'included' | 'excluded' {
  return isFile ? 'excluded' : 'included';
}

/** Spells itself as a pattern, and no more: most claims of guards do, and need no reading. */
const isPlain = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

function partHeld(claim: HeldPath, path: string, world: VerdictWorld): 'all' | 'some' | 'none' {
  if (claim.pattern === path && isPlain.test(path)) return 'all';
  if (world.isTyped === true && isResource(path)) return claim.pattern === path.normalize('NFC') ? 'all' : 'none';
  if (isElsewhere(claim.pattern, path, world)) return 'none';
  const parsed = parsePattern(claim.pattern, { ...world, below: belowOf(claim) });
  if (!parsed.ok || matches(parsed.pattern, path)) return 'all';
  return meetsFolder(parsed.pattern, path) && (path.endsWith('/') || world.isFolder(path)) ? 'some' : 'none';
}
