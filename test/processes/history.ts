/** What must be true of every commit that the branch ever had, not only of its tip. */

import type { ClaimRecord } from '../../src/domain/record/record.ts';
import { msOf } from '../../src/domain/time.ts';
import { patternsOverlap } from '../../src/index.ts';
import { parseCommit } from '../../src/store/git/commit.ts';
import { Inflight } from '../../src/store/git/inflight.ts';
import { locate } from '../../src/store/git/locate-head.ts';
import { ObjectReader } from '../../src/store/git/objects.ts';
import { RecordReader } from '../../src/store/git/record-reader.ts';
import { diffRecords } from '../../src/store/git/record-tree.ts';
import { TreeReader } from '../../src/store/git/tree.ts';
import { commitsOf, makeFolder } from './repository.ts';

type Id = Parameters<ObjectReader['read']>[0];

/**
 * Linear; in no commit two exclusive claims of different agents that overlap; every token larger than all before it;
 * the fencing counter never falls.
 */
export async function troublesInHistory(dir: string): Promise<string[]> {
  const repository = await locate({ cwd: dir, env: process.env });
  const objects = new ObjectReader(repository, new Inflight(makeFolder(), repository.commonDir));
  const trees = new TreeReader(objects);
  const records = new RecordReader(objects);
  const troubles: string[] = [];
  const held = new Map<string, ClaimRecord>();
  let before: Id | undefined;
  let highest = 0;
  let fence = 0;
  try {
    for (const { oid, parents, op } of commitsOf(dir).reverse()) {
      if (parents.length > 1) troubles.push(`${oid} is a merge`);
      const commit = parseCommit((await objects.read(oid as Id)).content);
      const fresh: ClaimRecord[] = [];
      for await (const { path, after } of diffRecords(trees, before, commit.tree)) {
        const record = await records.read(path, after);
        if (record?.kind === 'unreadable') troubles.push(`${oid} (${op}): ${path} ${record.reason}`);
        if (record?.kind === 'fence' && record.counter < fence) troubles.push(`${oid} (${op}): the fence falls`);
        if (record?.kind === 'fence') fence = record.counter;
        if (!path.startsWith('claims/')) continue;
        const known = held.get(path);
        held.delete(path);
        if (record?.kind !== 'claim') continue;
        held.set(path, record);
        if (known?.token !== record.token) fresh.push(record);
      }
      const counters = fresh.map(({ token }) => Number(token?.split('.')[1])).sort((a, b) => a - b);
      for (const counter of counters) {
        if (!(counter > highest)) troubles.push(`${oid} (${op}): the token ${counter} comes after ${highest}`);
        highest = Math.max(highest, counter);
      }
      for (const claim of fresh) {
        for (const other of held.values()) {
          if (isClash(claim, other, commit.atMs)) troubles.push(`${oid} (${op}): ${claim.id} beside ${other.id}`);
        }
      }
      before = commit.tree;
    }
  } finally {
    objects.close();
  }
  return troubles;
}

function isClash(a: ClaimRecord, b: ClaimRecord, nowMs: number): boolean {
  if (a.uid === b.uid || (a.mode === 'shared' && b.mode === 'shared')) return false;
  if (msOf(a.expires) <= nowMs || msOf(b.expires) <= nowMs) return false;
  return a.paths.some((path) => b.paths.some((other) => patternsOverlap(path, other)));
}
