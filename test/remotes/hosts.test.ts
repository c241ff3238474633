/** Clones on hosts of their own, over links that go dead, slow and lossy. Skipped where no namespaces can be made. */
import { expect, test } from 'vitest';
import { beginTeam, type Clone, makeClone, startOr } from './clones.ts';
import { type Host, type Hosts, startHosts } from './servers/hosts.ts';
import type { Server } from './servers/server.ts';

async function makeTwo(skip: (reason: string) => never, deadline: string) {
  const server = (await startOr(skip, () => startHosts(2))) as Server & Hosts;
  const [near, far] = server.hosts as [Host, Host];
  await beginTeam({ ...server, url: server.bare }, `remote: origin\nsync:\n  deadline: ${deadline}\n`);
  const here = await makeClone(server, { enter: near.enter, host: 'near' });
  const there = await makeClone(server, { enter: far.enter, host: 'far' });
  return { near, far, here, there };
}

async function claimed(clone: Clone, agent: string, path: string) {
  const { exitCode, json } = await clone.run(agent, ['claim', path]);
  return exitCode === 0 ? json.claim.state : json.error.code;
}

test('a link that carries nothing costs a claim the deadline, and then it is provisional', async ({ skip }) => {
  const { near, here, there } = await makeTwo(skip, '5s');
  expect(await claimed(here, 'bold-fox', 'src/a.ts')).toBe('confirmed');
  const mend = near.cut();
  const startedMs = performance.now();
  const { json } = await here.run('bold-fox', ['claim', 'src/b.ts']);
  expect(json).toMatchObject({
    claim: { state: 'provisional' },
    provisional: { why: expect.stringMatching(/within 5s|reach/) },
  });
  expect(performance.now() - startedMs).toBeLessThan(30_000);
  expect(await claimed(there, 'calm-owl', 'src/*.ts')).toBe('claim-conflict');
  expect(await claimed(there, 'calm-owl', 'src/b.ts')).toBe('confirmed');
  mend();
  expect(await here.run('bold-fox', ['sync'])).toMatchObject({ exitCode: 0 });
  const { json: held } = await here.run('bold-fox', ['claims', '--path', 'src/b.ts']);
  expect(held.claims).toMatchObject([{ agent: 'calm-owl', state: 'confirmed' }]);
});

test('over links that are slow and lose packets one of two still gets the path', async ({ skip }) => {
  const { near, far, here, there } = await makeTwo(skip, '60s');
  const smooth = [near, far].map((host) => host.hamper());
  for (const path of ['src/a.ts', 'src/b.ts', 'src/c.ts']) {
    const answers = await Promise.all([claimed(here, 'bold-fox', path), claimed(there, 'calm-owl', path)]);
    expect(answers.sort()).toEqual(['claim-conflict', 'confirmed']);
  }
  const sentAgain = await Promise.all(smooth.map((each) => each()));
  expect(sentAgain.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
});
