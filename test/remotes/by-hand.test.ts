/** Commits that somebody made by hand, on the remote's branch and on that of a clone. */
import { expect, test } from 'vitest';
import { beginTeam, type Clone, makeClone, startOr } from './clones.ts';
import { startDisk } from './servers/disk.ts';

const ref = 'refs/heads/intercom';

async function makeTwo() {
  const server = await startOr((reason) => {
    throw new Error(reason);
  }, startDisk);
  await beginTeam(server);
  return { here: await makeClone(server), there: await makeClone(server, { host: 'far-away' }) };
}

/** All claims are taken away, or the tree of another commit is put back; as a clone with a work tree would push it. */
async function commitByHand(clone: Clone, parent: string, tree: string): Promise<string> {
  return clone.git('-c', 'user.name=Eve', '-c', 'user.email=e@x', 'commit-tree', '-p', parent, '-m', 'by hand', tree);
}

async function held(clone: Clone): Promise<string[]> {
  const { json } = await clone.run('keeper', ['claims']);
  return json.claims.map(({ paths, state }: { paths: string[]; state: string }) => `${paths} ${state}`).sort();
}

test('what was pushed by hand frees no path in any clone, and the next push undoes it', async () => {
  const { here, there } = await makeTwo();
  expect((await here.run('ada', ['claim', 'a.ts'])).exitCode).toBe(0);
  const root = (await here.git('rev-list', '--max-parents=0', ref)).trim();
  const byHand = (await commitByHand(here, ref, `${root}^{tree}`)).trim();
  await here.git('push', '--quiet', 'origin', `${byHand}:${ref}`);
  expect((await there.run('bob', ['claim', 'a.ts'])).json.error.code).toBe('claim-conflict');
  const granted = await there.run('bob', ['claim', 'b.ts']);
  expect(granted.json.claim.state).toBe('confirmed');
  expect(await there.git('rev-list', ref)).toContain(byHand);
  expect((await here.run('keeper', ['sync'])).exitCode).toBe(0);
  for (const clone of [here, there]) expect(await held(clone)).toEqual(['a.ts confirmed', 'b.ts confirmed']);
});

test('what was committed by hand in a clone stands in nobody’s way when others have moved on', async () => {
  const { here, there } = await makeTwo();
  expect((await here.run('ada', ['claim', 'a.ts'])).exitCode).toBe(0);
  const root = (await here.git('rev-list', '--max-parents=0', ref)).trim();
  const byHand = (await commitByHand(here, ref, `${root}^{tree}`)).trim();
  expect((await there.run('bob', ['claim', 'b.ts'])).exitCode).toBe(0);
  await here.git('update-ref', ref, byHand);
  expect((await here.run('ada', ['claim', 'c.ts'])).json.claim.state).toBe('confirmed');
  expect((await there.run('keeper', ['sync'])).exitCode).toBe(0);
  for (const clone of [here, there]) {
    expect(await held(clone)).toEqual(['a.ts confirmed', 'b.ts confirmed', 'c.ts confirmed']);
  }
});
