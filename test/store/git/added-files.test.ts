/** What the real git says that commits added is what comparing their trees says. */
import { expect, onTestFinished, test } from 'vitest';
import type { Oid } from '../../../src/domain/oid.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { addedFiles } from '../../../src/store/git/added-files.ts';
import { Ancestry } from '../../../src/store/git/ancestry.ts';
import { Branch } from '../../../src/store/git/branch.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { attachedFolder } from '../../../src/store/git/placement.ts';
import { diffRecords, type EntryChange } from '../../../src/store/git/record-tree.ts';
import { asAgent } from '../../processes/aftermath.ts';
import { commitsOf, makeRepository } from '../../processes/repository.ts';

function openBranch(dir: string): Branch {
  const repository = locateNow({ cwd: dir, env: process.env });
  const branch = new Branch({ repository, policy: defaultPolicy, clock: Date.now, newId: String, host: 'here' });
  onTestFinished(() => branch.close());
  return branch;
}

async function compared(branch: Branch, parent: string, tree: string): Promise<EntryChange[]> {
  const changes: EntryChange[] = [];
  const before = (await new Ancestry(branch).since(null, parent as Oid)).at(-1)?.commit.tree;
  for (const folder of ['', attachedFolder])
    for await (const change of diffRecords(branch.trees, before, tree as Oid, folder)) changes.push(change);
  return changes;
}

const byPath = (changes: readonly EntryChange[]) =>
  changes
    .map(({ path, before, after }) => ({ path, before, mode: after?.mode, name: after?.name, oid: after?.oid }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

test('of commits that only added, files, folders and attachments; of no other', { timeout: 60_000 }, async () => {
  const dir = makeRepository();
  await asAgent(dir, 'ada', (ada) => ada.status({ activity: 'tests' }));
  await asAgent(dir, 'grace', async (grace) => {
    await grace.status({ activity: 'tests' });
    await grace.send({ to: ['ada'], text: 'one' });
    const content = 'a long line\n'.repeat(2_000);
    await grace.send({ to: ['ada'], text: 'two', attachments: [{ path: 'log.txt', text: content }] });
    await grace.claim({ paths: ['a.ts'] });
    await grace.release({ all: true });
  });
  await asAgent(dir, 'ada', (ada) => ada.ack({ all: true }));
  const branch = openBranch(dir);
  const [, ...commits] = await new Ancestry(branch).since(null, (await branch.readTip()) as Oid);
  const asked = await addedFiles(
    commits.map(({ oid }) => oid),
    branch.repository,
  );
  let added = 0;
  for (const { oid, commit } of commits) {
    const expected = await compared(branch, commit.parents[0] ?? '', commit.tree);
    const isAddedOnly = expected.every(({ before }) => before === undefined);
    expect(asked.has(oid), commit.subject).toBe(isAddedOnly);
    if (!isAddedOnly) continue;
    added += 1;
    expect(byPath(asked.get(oid) ?? [])).toEqual(byPath(expected));
  }
  expect(added).toBeGreaterThan(1);
  expect([...asked.values()].flat().some(({ path }) => path.startsWith('attached/'))).toBe(true);
  expect(commitsOf(dir).length).toBe(commits.length + 1);
});

test('a commit that is not there is not answered, as if it had done nothing', async () => {
  const dir = makeRepository();
  await asAgent(dir, 'ada', (ada) => ada.status({ activity: 'tests' }));
  const branch = openBranch(dir);
  const tip = (await branch.readTip()) as Oid;
  const missing = 'f'.repeat(40) as Oid;
  expect([...(await addedFiles([missing, tip, missing], branch.repository)).keys()]).toEqual([tip]);
});
