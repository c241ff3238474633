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
  // For one path the index would cost more than it saves.
  const isOne = paths.length === 1;
  const live = (isOne ? held : touchingAny(held, paths, world)).filter((claim) => isLive(claim, world.nowMs));
  const candidates = isOne ? () => live : nearTo(live, world);
  const found = paths.map((path) => ({
    near: candidates(path).flatMap((claim): Meeting[] => {
      const holds = partHeld(claim, path, world);
      if (holds === 'none') return [];
      return [{ claim, isWhole: holds === 'all', overlap: holds === 'all' ? path : claim.pattern }];
    }),
  }));
  return judge(found, self, world);
}

/** A live claim that holds something of what is asked for, or the whole of it. */
export interface Meeting {
  readonly claim: HeldPath;
  readonly isWhole: boolean;
  readonly overlap: string;
}

/** The verdict where it is known which claims meet each path. */
export function judge(
  asked: readonly { readonly near: readonly Meeting[] }[],
  self: { readonly uid: string | undefined; readonly name: string },
  world: Pick<VerdictWorld, 'nowMs' | 'ownEndMs'>,
): Verdict {
  const rivals: HeldRival[] = [];
  let isAllOurs = asked.length > 0;
  for (const { near } of asked) {
    const ours = near.filter(({ claim, isWhole }) => isWhole && isOurs(claim, self) && isSure(claim, world));
    isAllOurs &&= ours.length > 0;
    for (const { claim, overlap } of near) {
      if (isOurs(claim, self)) continue;
      if (claim.mode === 'shared' && ours.some(({ claim: { mode } }) => mode === 'shared')) continue;
      const { pattern, isFile: _isFile, ...rest } = claim;
      rivals.push({ ...rest, paths: [pattern], overlap: [overlap] });
    }
  }
  if (rivals.length > 0) return { verdict: 'conflict', rivals: eachOnce(rivals) };
  return { verdict: isAllOurs ? 'ours' : 'free', rivals };
}

/** One for each claim, with all that it stands in the way of. In an order of their own: the projection does not keep that of the claim. */
export function eachOnce(rivals: readonly HeldRival[]): HeldRival[] {
  const byId = new Map<string, HeldRival>();
  for (const rival of rivals) {
    const known = byId.get(rival.id);
    byId.set(rival.id, {
      ...rival,
      paths: [...new Set([...(known?.paths ?? []), ...rival.paths])].sort(),
      overlap: [...new Set([...(known?.overlap ?? []), ...rival.overlap])].sort(),
    });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
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
export function isSure(claim: HeldPath, { nowMs, ownEndMs }: Pick<VerdictWorld, 'nowMs' | 'ownEndMs'>): boolean {
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
