/** `FETCH_HEAD`: what the last `git fetch` of this work tree brought (git-fetch(1)). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOid, type Oid } from '../../domain/oid.ts';

/** Lines are `<oid>\t<not-for-merge or nothing>\tbranch '<name>' of <url>`. Null where it names no such branch. */
export function readFetched(gitDir: string, branch: string): Oid | null {
  let text: string;
  try {
    text = readFileSync(join(gitDir, 'FETCH_HEAD'), 'utf8');
  } catch {
    return null;
  }
  const line = text.split('\n').find((each) => each.includes(`\tbranch '${branch}' of `));
  const oid = line?.slice(0, line.indexOf('\t')) ?? '';
  return isOid(oid) ? oid : null;
}
