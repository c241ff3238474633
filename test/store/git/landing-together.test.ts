/** Several decisions are about to land together, and somebody else's git moves the branch, or the disk takes nothing. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { agentPath } from '../../../src/domain/record/path.ts';
import type { AgentRecord } from '../../../src/domain/record/record.ts';
import { Branch } from '../../../src/store/git/branch.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { openGitStore } from '../../../src/store/git/store.ts';
import type { Proposal, Store } from '../../../src/store/port.ts';
import { fsck, git, makeRepository } from '../../processes/repository.ts';

const at = '2026-01-02T03:04:05.678Z';

function agents<T>(names: readonly string[], result: T): Proposal<T> {
  const edits = names.map((name) => {
    const record = { v: 1, id: name, kind: 'agent', agent: name, at, uid: 'u1', state: 'active', lastSeen: at };
    return { path: agentPath(name), record: record as AgentRecord };
  });
  return { ok: true, result, edits, agent: 'ada', uid: 'u1', headline: { op: 'test', subject: names.join(), ids: [] } };
}

function openBranch(dir: string): { readonly store: Store; readonly branch: Branch } {
  const branch = new Branch({
    repository: locateNow({ cwd: dir, env: process.env }),
    policy: defaultPolicy,
    clock: Date.now,
    newId: (nowMs) => nowMs.toString(36),
    host: hostname(),
  });
  const store = openGitStore(branch);
  onTestFinished(() => store.close());
  return { store, branch };
}

test('all of them are decided again on what it names then, and none of the first decisions counts', async () => {
  const dir = makeRepository();
  const { store } = openBranch(dir);
  await store.transact(() => agents(['ada'], undefined));
  await store.transact(() => agents(['grace'], undefined));
  let runs = 0;
  const seenBy = (name: string, meanwhile: () => void = () => {}) =>
    store.transact((view) => {
      const seen = [...view.folder('agents').keys()].sort();
      meanwhile();
      return agents([name], seen);
    });
  const outcomes = await Promise.all([
    seenBy('hedy'),
    seenBy('joan', () => {
      if (runs++ === 0)
        execFileSync('git', ['update-ref', 'refs/heads/intercom', 'refs/heads/intercom~1'], { cwd: dir });
    }),
    seenBy('mary'),
  ]);
  expect(runs).toBeGreaterThan(1);
  expect(outcomes.map((outcome) => outcome.ok && outcome.result)).toEqual([
    ['ada'],
    ['ada', 'hedy'],
    ['ada', 'hedy', 'joan'],
  ]);
  expect(await store.read((view) => [...view.folder('agents').keys()].sort())).toEqual(['ada', 'hedy', 'joan', 'mary']);
  expect(git(dir, 'log', '--format=%s', 'intercom').split('\n').slice(0, 4)).toEqual(['mary', 'joan', 'hedy', 'ada']);
  expect(fsck(dir)).toEqual([]);
});

test('where they cannot be written, all are told, and what is known stands where the branch does', async () => {
  const dir = makeRepository();
  const { store, branch } = openBranch(dir);
  await store.transact(() => agents(['ada'], undefined));
  const tip = git(dir, 'rev-parse', 'intercom');
  const inflight = join(dir, '.git/intercom/inflight');
  rmSync(inflight, { recursive: true });
  writeFileSync(inflight, 'in the way');
  const both = ['grace', 'joan'].map((name) => store.transact(() => agents([name], undefined)));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect([branch.snapshot.tip, git(dir, 'rev-parse', 'intercom')]).toEqual([tip, tip]);
  rmSync(inflight);
  await store.transact(() => agents(['mary'], undefined));
  expect(await store.read((view) => [...view.folder('agents').keys()].sort())).toEqual(['ada', 'mary']);
});
