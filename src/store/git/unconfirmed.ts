/** Claims that stand here and not on the authority. */
import type { Oid } from '../../domain/oid.ts';
import { claimPath } from '../../domain/record/path.ts';
import { diffRecords } from './record-tree.ts';
import type { TreeReader } from './tree.ts';

/** By id. Costs what differs. */
export async function unconfirmedClaims(
  trees: TreeReader,
  authority: Oid | undefined,
  here: Oid | undefined,
): Promise<ReadonlySet<string>> {
  const prefix = claimPath('');
  const ids = new Set<string>();
  for await (const { path, before, after } of diffRecords(trees, authority, here)) {
    if (path.startsWith(prefix) && before === undefined && after !== undefined) ids.add(path.slice(prefix.length));
  }
  return ids;
}
