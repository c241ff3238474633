/** The git store does what every store must, and the real git reads the same from it. */
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { Branch } from '../../src/store/git/branch.ts';
import { locateNow } from '../../src/store/git/locate.ts';
import { logicalPath } from '../../src/store/git/placement.ts';
import { openGitStore } from '../../src/store/git/store.ts';
import type { Store } from '../../src/store/port.ts';
import { decodeRecord } from '../../src/store/records.ts';
import { coordinationRef, fsck, git, makeRepository, tipOf } from '../processes/repository.ts';
import { conformance } from './conformance.ts';

/** The records of the tip as git shows them, by logical path. */
function recordsByGit(dir: string): Map<string, unknown> {
  const names = git(dir, 'ls-tree', '-r', '--name-only', coordinationRef, '.intercom/').split('\n');
  const records = new Map<string, unknown>();
  for (const name of names) {
    const path = logicalPath(name.replace(/^\.intercom\//, ''));
    if (path === undefined) continue;
    const bytes = Buffer.from(git(dir, 'cat-file', 'blob', `${coordinationRef}:${name}`));
    records.set(path, decodeRecord(path, Buffer.concat([bytes, Buffer.from('\n')])));
  }
  return records;
}

/** As it is written, and as git's own upkeep leaves it whenever a handle is opened. */
const keepings: readonly [string, (dir: string) => void][] = [
  ['as it is', () => {}],
  ['beside git gc', (dir) => void git(dir, 'gc', '--quiet', '--prune=now')],
];

describe.each(keepings)('the git store, %s', (_title, tidy) => {
  test.each(conformance)('$title', async ({ run }) => {
    const dir = makeRepository();
    let count = 0;
    const opened: Store[] = [];
    await run(() => {
      tidy(dir);
      const store = openGitStore(
        new Branch({
          repository: locateNow({ cwd: dir, env: process.env }),
          policy: defaultPolicy,
          clock: Date.now,
          newId: (nowMs) => `${nowMs.toString(36)}-${count++}`,
          host: hostname(),
        }),
      );
      opened.push(store);
      return store;
    });
    expect(fsck(dir)).toEqual([]);
    if (tipOf(dir) !== undefined) {
      const scanned: [string, unknown][] = [];
      for await (const [path, record] of (opened[0] as Store).scan('')) scanned.push([path, record]);
      expect(recordsByGit(dir)).toEqual(new Map(scanned));
    }
    await Promise.all(opened.map((store) => store.close()));
  });
});
