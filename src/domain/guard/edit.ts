/** Before an edit: what a guard does about the paths that an agent is going to write. */
import {
  type HeldPath,
  type HeldRival,
  isLive,
  isOurs,
  isSure,
  type VerdictWorld,
  verdictOn,
} from '../claim/verdict.ts';
import { msOf } from '../time.ts';
import type { GuardPolicy } from './policy.ts';

export type EditStep =
  | { readonly step: 'nothing' }
  /** These are free: the first edit claims them. */
  | { readonly step: 'claim'; readonly paths: readonly string[] }
  /** Ours, and past half of the lease. */
  | { readonly step: 'renew' }
  /** Ours as it is recorded here, and over by what the authority knows: another clone may take it. */
  | { readonly step: 'unsure'; readonly ids: readonly string[] }
  | { readonly step: 'refuse' | 'ask' | 'warn'; readonly rivals: readonly HeldRival[] };

interface Asked {
  readonly paths: readonly string[];
  /** What may touch them. */
  readonly held: readonly HeldPath[];
  readonly self: { readonly uid: string | undefined; readonly name: string };
  readonly policy: Pick<GuardPolicy, 'edits' | 'autoClaim'>;
  readonly leaseSeconds: number;
}

/** A claim of another decides before all else: of several paths one that is taken stops the whole edit. */
export function editStep({ paths, held, self, policy, leaseSeconds }: Asked, world: VerdictWorld): EditStep {
  if (policy.edits !== 'off') {
    const { verdict, rivals } = verdictOn(paths, held, self, world);
    if (verdict === 'conflict') return { step: policy.edits, rivals };
  }
  const recorded = { ...world, ownEndMs: undefined };
  const isFree = (path: string, by: VerdictWorld) => verdictOn([path], held, self, by).verdict === 'free';
  const free = paths.filter((path) => isFree(path, recorded));
  if (policy.autoClaim && free.length > 0) return { step: 'claim', paths: free };
  if (paths.some((path) => isFree(path, world) && !isFree(path, recorded))) {
    const over = held.filter((claim) => isOurs(claim, self) && isLive(claim, world.nowMs) && !isSure(claim, world));
    return { step: 'unsure', ids: [...new Set(over.map(({ id }) => id))] };
  }
  const isDue = held.some((claim) => isOurs(claim, self) && isPastHalf(claim, leaseSeconds, world.nowMs));
  return { step: isDue ? 'renew' : 'nothing' };
}

/** By the usual length of a lease: a shorter one is renewed more often than it must be, a longer one by its own half. */
function isPastHalf({ expires }: HeldPath, leaseSeconds: number, nowMs: number): boolean {
  if (expires === null) return false;
  const leftMs = msOf(expires) - nowMs;
  return leftMs > 0 && leftMs <= (leaseSeconds * 1000) / 2;
}
