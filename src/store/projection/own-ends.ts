/**
 * Claims whose lease is another here than the authority knows it, for guards that read no objects: a file that names both
 * tips, and a line for each, `<id> <expiry>`, or `<id> -` of one that the authority has never had. Where the tips are others, it
 * says nothing. Losing it makes a guard go the long way.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEndMs } from '../../domain/claim/own-end.ts';
import type { Oid } from '../../domain/oid.ts';
import { readRefFile } from '../git/ref-files.ts';
import { syncedRef } from '../git/synced-refs.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import type { HeldLine } from './claims-lines.ts';

interface Tips {
  readonly tip: string;
  /** Null where there has been no exchange with a remote. */
  readonly synced: Oid | null;
}

export type Unconfirmed = ReadonlyMap<string, string | undefined>;

const name = 'unconfirmed';

/** Quietly: a repository may be there for reading only. */
export function noteUnconfirmed(dir: string, { tip, synced }: Tips, unconfirmed: Unconfirmed): void {
  const lines = [...unconfirmed].map(([id, expires]) => `${id} ${expires ?? '-'}\n`);
  const text = `${synced} ${tip}\n${lines.join('')}`;
  try {
    if (read(dir) === text) return;
    const aside = join(dir, `${name}~${process.pid}`);
    makeFolder(dir);
    writeFileSync(aside, text);
    share(aside);
    renameSync(aside, join(dir, name));
  } catch {}
}

/** When each of the claims ends for its own holder, in milliseconds; undefined where only the branch can tell. */
export function ownEndsIn(
  dir: string,
  { tip, synced }: Tips,
  driftSeconds: number | undefined,
): ((claim: HeldLine) => number) | undefined {
  if (synced === null) return (claim) => endMs(claim, undefined, 0);
  if (driftSeconds === undefined) return undefined;
  if (synced === tip) return (claim) => endMs(claim, claim.expires ?? undefined, driftSeconds);
  const [head, ...lines] = (read(dir) ?? '').trimEnd().split('\n');
  if (head !== `${synced} ${tip}`) return undefined;
  const unconfirmed = new Map(lines.map((line) => line.split(' ') as [string, string]));
  return (claim) => {
    const there = unconfirmed.get(claim.id) ?? claim.expires ?? undefined;
    return endMs(claim, there === '-' ? undefined : there, driftSeconds);
  };
}

function endMs({ expires, leaseSeconds }: HeldLine, confirmed: string | undefined, driftSeconds: number): number {
  return expires === null ? Number.POSITIVE_INFINITY : ownEndMs({ expires, leaseSeconds }, confirmed, driftSeconds);
}

function read(dir: string): string | undefined {
  try {
    return readFileSync(join(dir, name), 'utf8');
  } catch {
    return undefined;
  }
}

/** The tip of the authority that this clone agreed with last; before the first exchange what a clone or a fetch brought. */
export function lastSynced(commonDir: string, branch: string): Oid | null {
  return readRefFile(commonDir, syncedRef) ?? readRefFile(commonDir, `refs/remotes/origin/${branch}`);
}
