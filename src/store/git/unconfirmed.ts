/** Claims that stand otherwise here than on the authority. */
import type { Oid } from '../../domain/oid.ts';
import { claimPath, claimsFolder } from '../../domain/record/path.ts';
import type { Instant } from '../../domain/time.ts';
import type { RecordReader } from './record-reader.ts';
import { diffRecords } from './record-tree.ts';
import type { TreeReader } from './tree.ts';

interface Differing {
  /** By id: those that the authority does not have. */
  readonly absent: ReadonlySet<string>;
  /** By id: when it has them end, where that is not when they end here. */
  readonly expiries: ReadonlyMap<string, Instant>;
}

/** By id. Costs the claims that differ, however many messages do. */
export async function unconfirmedClaims(
  trees: TreeReader,
  authority: Oid | undefined,
  here: Oid | undefined,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { path, before, after } of diffRecords(trees, authority, here, claimsFolder)) {
    if (before === undefined && after !== undefined) ids.add(idOf(path));
  }
  return ids;
}

/** Reads the authority's record of each claim that was renewed here since. */
export async function differingClaims(
  trees: TreeReader,
  records: RecordReader,
  authority: Oid | undefined,
  here: Oid | undefined,
): Promise<Differing> {
  const absent = new Set<string>();
  const expiries = new Map<string, Instant>();
  for await (const { path, before, after } of diffRecords(trees, authority, here, claimsFolder)) {
    if (after === undefined) continue;
    if (before === undefined) absent.add(idOf(path));
    else {
      const there = await records.read(path, before);
      if (there?.kind === 'claim') expiries.set(idOf(path), there.expires);
    }
  }
  return { absent, expiries };
}

function idOf(path: string): string {
  return path.slice(claimPath('').length);
}
