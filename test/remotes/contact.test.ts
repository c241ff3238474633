/** How clones come to coordinate, whatever way they have to the remote. */
import { chmodSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginTeam, type Clone, environmentOf, makeClone, makeFolder, startOr } from './clones.ts';
import { git } from './git.ts';
import { startDisk } from './servers/disk.ts';
import { startGitDaemon } from './servers/git-daemon.ts';
import { startHttpBackend } from './servers/http-backend.ts';
import type { Server, StartServer } from './servers/server.ts';
import { held, makeTwo, never, ref, storyOf, sync, told, unread } from './two.ts';

test('a clone of a repository that has the branch sees its claims at once, and takes part', async () => {
  const { server, here } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  const late = await makeClone(server);
  expect(await held(late)).toEqual(['bold-fox src/** confirmed']);
  expect(await late.run('calm-owl', ['claim', 'src/a.ts'])).toMatchObject({ exitCode: 1 });
  expect(await late.run('calm-owl', ['claim', 'a.ts'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect((await storyOf(server)).filter((subject) => subject.startsWith('claim'))).toHaveLength(2);
});

test('two clones that both began before either pushed have one history', async () => {
  const { server, here, there } = await makeTwo();
  // Else a process in the background may be there first when the remote is back.
  const alone = { env: { INTERCOM_TEST_ALONE: '1' } };
  const mend = await server.cut();
  for (const clone of [here, there]) {
    expect(await clone.run('starter', ['init', '--harness', 'none', '--yes'], alone)).toMatchObject({ exitCode: 0 });
  }
  await here.run('bold-fox', ['claim', 'src/a.ts'], alone);
  await there.run('calm-owl', ['claim', 'src/**'], alone);
  await there.run('calm-owl', ['claim', 'doc/**'], alone);
  await there.run('starter', ['send', 'calm-owl', 'hello'], alone);
  await mend();
  await sync(here);
  await sync(there);
  await sync(here);
  for (const clone of [here, there]) {
    expect(await held(clone)).toEqual(['bold-fox src/a.ts confirmed', 'calm-owl doc/** confirmed']);
  }
  expect(await unread(there, 'calm-owl')).toContain('hello');
  expect(await here.git('grep', '-h', 'text: hello', ref)).toMatch('text: hello');
  const story = await storyOf(server);
  expect(story.filter((subject) => /^(begin|open|start)/i.test(subject))).toHaveLength(1);
});

test('sync tells which of the claims made with --offline are confirmed, and which went to a rival', async () => {
  const { here, there } = await makeTwo();
  const claimed = async (clone: Clone, agent: string, path: string) =>
    (await clone.run(agent, ['claim', path, '--offline'])).json.claim.id;
  const won: string[] = [await claimed(here, 'bold-fox', 'src/a.ts'), await claimed(here, 'bold-fox', 'doc/**')];
  const kept = await claimed(there, 'calm-owl', 'test/**');
  const lost = await claimed(there, 'calm-owl', 'src/**');
  expect(await sync(here)).toMatchObject({ confirmed: [...won].sort(), withdrawn: [] });
  expect(await sync(there)).toMatchObject({
    confirmed: [kept],
    withdrawn: [{ id: lost, agent: 'calm-owl', rival: { id: won[0], agent: 'bold-fox' } }],
  });
  expect(await sync(there)).toMatchObject({ fetched: 0, pushed: 0, confirmed: [], withdrawn: [] });
});

function protect(server: Server): void {
  const hook = join(server.bare, 'hooks/update');
  writeFileSync(hook, `#!/bin/sh\ntest "$1" != ${ref} || { echo "the branch is protected" >&2; exit 1; }\n`);
  chmodSync(hook, 0o755);
}

const noRights: readonly (readonly [string, StartServer, RegExp])[] = [
  ['a branch that is protected', startDisk, /does not accept pushes to the branch intercom/],
  ['a web server that answers 403', () => startHttpBackend(), /may not push the branch intercom/],
  ['a daemon that only reads', () => startGitDaemon('refused'), /may not push the branch intercom/],
];

test.each(noRights)('%s is said clearly, and coordination goes on in the clone', async (name, start, words) => {
  const server = await startOr(never, start);
  await beginTeam({ ...server, url: server.bare });
  if (name.includes('protected')) protect(server);
  if (name.includes('403')) await git({}, '-C', server.bare, 'config', 'http.receivepack', 'false');
  const clone = await makeClone(server);
  const { exitCode, json } = await clone.run('bold-fox', ['claim', 'src/**']);
  expect(exitCode).toBe(0);
  expect(json.claim.state).toBe('provisional');
  expect(json.provisional.why).toMatch(words);
  expect(json.provisional.next).toMatch(/coordination works in this clone alone/);
  expect(await clone.run('calm-owl', ['claim', 'src/a.ts'])).toMatchObject({ exitCode: 1 });
  expect(await clone.run('calm-owl', ['send', 'bold-fox', 'hello'])).toMatchObject({ exitCode: 0 });
  expect(await unread(clone, 'bold-fox')).toEqual(['hello']);
  const synced = await clone.run('bold-fox', ['sync']);
  expect(synced).toMatchObject({ exitCode: 3, json: { error: { message: expect.stringMatching(words) } } });
  expect(await told(clone)).toMatch(words);
});

test.each([
  ['shallow', ['--depth=1', '--no-single-branch']],
  ['single-branch', ['--single-branch', '--branch=main']],
  ['shallow and single-branch', ['--depth=1', '--branch=main']],
])('a %s clone claims and is refused like any other', async (_name, options) => {
  const { server, here } = await makeTwo(startGitDaemon);
  await here.run('bold-fox', ['claim', 'src/**']);
  await here.run('bold-fox', ['send', 'all', 'hello']);
  await sync(here);
  const clone = await makeClone(server, { options });
  await clone.run('calm-owl', ['claim', 'doc/**']);
  expect(await held(clone)).toEqual(['bold-fox src/** confirmed', 'calm-owl doc/** confirmed']);
  expect(await clone.run('calm-owl', ['claim', 'src/a.ts'])).toMatchObject({ exitCode: 1 });
  await here.run('bold-fox', ['claim', 'test/**']);
  await sync(clone);
  expect(await held(clone)).toHaveLength(3);
  await storyOf(server);
});

test('a remote that was renamed is found when it is the only one, and doctor says so', async () => {
  const { here, there } = await makeTwo();
  await here.git('remote', 'rename', 'origin', 'upstream');
  expect(await here.run('bold-fox', ['claim', 'src/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await there.run('calm-owl', ['claim', 'src/a.ts'])).toMatchObject({ exitCode: 1 });
  expect(await told(here)).toMatch(/upstream/);
});

test.each([
  [
    'GIT_CONFIG_COUNT',
    (key: string, value: string) => ({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: value }),
  ],
  ['git -c', (key: string, value: string) => ({ GIT_CONFIG_PARAMETERS: `'${key}'='${value}'` })],
])('what %s sets about the way to the remote counts', async (_, set) => {
  const { server, here } = await makeTwo();
  await here.git('remote', 'set-url', 'origin', 'team:repository');
  const env = set(`url.${server.url}.insteadOf`, 'team:repository');
  expect(await here.run('bold-fox', ['claim', 'test/**'], { env })).toMatchObject({
    json: { claim: { state: 'confirmed' } },
  });
});

const hour = 3_600_000;
/** Nothing is brought in the background there: it would live with a clock that stands still. */
const at = (ms: number) => ({ INTERCOM_TEST_CLOCK: new Date(Date.now() + ms).toISOString(), INTERCOM_TEST_ALONE: '1' });

test('a clone that comes back after a month has lost its claims, and no message', async () => {
  const { server, here, there } = await makeTwo();
  const monthAgo = at(-30 * 24 * hour);
  await here.run('bold-fox', ['status', 'reading'], { env: monthAgo });
  await sync(here);
  await there.run('calm-owl', ['claim', 'doc/**'], { env: monthAgo });
  await there.run('calm-owl', ['claim', 'src/**', '--offline'], { env: monthAgo });
  await there.run('calm-owl', ['send', 'bold-fox', 'back in a minute', '--offline'], { env: monthAgo });
  expect(await here.run('bold-fox', ['claim', 'src/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  await sync(there);
  await sync(here);
  for (const clone of [here, there]) {
    expect((await held(clone)).filter((each) => each.includes('src'))).toEqual(['bold-fox src/** confirmed']);
  }
  expect(await unread(here, 'bold-fox')).toContain('back in a minute');
  expect(await there.run('calm-owl', ['claim', 'test/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  await storyOf(server);
});

const twin = environmentOf({ host: hostname(), boot: 'of-a-machine-with-this-name' });

test.each([
  [-6, 'another machine', {}],
  [6, 'another machine', {}],
  [6, 'a machine of the same name', twin],
])('a clock that is %i hours wrong on %s steals no lease, and is found', async (hours, _where, machine) => {
  const { here, there } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  const wrong = { ...at(hours * hour), ...machine };
  expect(await there.run('calm-owl', ['claim', 'src/a.ts'], { env: wrong })).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'claim-conflict', data: { rivals: [{ agent: 'bold-fox' }] } } },
  });
  await there.run('calm-owl', ['claim', 'doc/**'], { env: wrong });
  expect(await here.run('bold-fox', ['claim', 'doc/a.md'])).toMatchObject({ exitCode: 1 });
  await here.run('bold-fox', ['claim', 'test/**']);
  expect(await told(here)).toMatch(/clock/);
});

test('a fork coordinates apart, a pull from it brings no records, and it joins where it may push', async () => {
  const { server, here } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  const bare = join(makeFolder(), 'fork.git');
  await git({}, 'clone', '-q', '--bare', server.bare, bare);
  const forked = await makeClone({ url: bare, env: {} });
  expect(await forked.run('calm-owl', ['claim', 'doc/**'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  writeFileSync(join(forked.dir, 'a.ts'), 'b\n');
  await forked.git('commit', '-q', '-a', '-m', 'from the fork');
  await forked.git('push', '-q', 'origin', 'main');

  await here.git('fetch', '-q', bare, 'main');
  await here.git('merge', '-q', '--ff-only', 'FETCH_HEAD');
  await sync(here);
  expect(await held(here)).toEqual(['bold-fox src/** confirmed']);
  expect(await here.run('bold-fox', ['claim', 'doc/a.md'])).toMatchObject({ json: { claim: { state: 'confirmed' } } });

  await forked.git('remote', 'add', 'upstream', server.url);
  await forked.run('calm-owl', ['init', '--remote', 'upstream', '--harness', 'none', '--yes']);
  await forked.run('calm-owl', ['sync']);
  expect(await held(forked)).toEqual(['bold-fox doc/a.md confirmed', 'bold-fox src/** confirmed']);
  expect(await unread(forked, 'calm-owl')).toEqual([expect.stringMatching(/doc.*bold-fox/)]);
  await storyOf(server);
});
