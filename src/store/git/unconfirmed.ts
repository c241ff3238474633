/** Claims that stand here and not on the authority. */
import type { Oid } from '../../domain/oid.ts';
import { claimPath, claimsFolder } from '../../domain/record/path.ts';
import { diffRecords } from './record-tree.ts';
import type { TreeReader } from './tree.ts';

/** By id. Costs the claims that differ, however many messages do. */
export async function unconfirmedClaims(
  trees: TreeReader,
  authority: Oid | undefined,
  here: Oid | undefined,
): Promise<ReadonlySet<string>> {
  const prefix = claimPath('');
  const ids = new Set<string>();
  for await (const { path, before, after } of diffRecords(trees, authority, here, claimsFolder)) {
    if (before === undefined && after !== undefined) ids.add(path.slice(prefix.length));
  }
  return ids;
}
