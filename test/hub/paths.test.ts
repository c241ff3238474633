/** Claims in a hub: everybody's are seen, and only those on the own repository stand in anybody's way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = new Scene();
  scene.make('client', 'server', 'service');
  await scene.join('client', 'server', 'service');
  const claimed = await scene.ask('client', 'ada', 'claim', 'src/auth.ts', 'server:src/auth.ts', '--why', 'one login');
  expect(claimed.claim.paths).toEqual(['src/auth.ts', 'server:src/auth.ts']);
  await scene.sync('client');
  for (const place of ['server', 'service']) await scene.sync(place);
}, 60_000);
afterAll(() => scene.remove());

test('a path of another repository is claimed there, and reads plain at home', async () => {
  const refused = await scene.ask('server', 'bob', 'claim', 'src/auth.ts');
  expect(refused).toMatchObject({ code: 1, error: { code: 'claim-conflict' } });
  expect(refused.error.data.rivals).toMatchObject([
    { agent: 'ada', paths: ['client:src/auth.ts', 'src/auth.ts'], overlap: ['src/auth.ts'] },
  ]);
  expect(JSON.stringify(refused)).not.toContain('~');
});

test('the same path of a third repository is free', async () => {
  const claimed = await scene.ask('service', 'cleo', 'claim', 'src/auth.ts');
  expect(claimed).toMatchObject({ code: 0, claim: { paths: ['src/auth.ts'] } });
  await scene.ask('service', 'cleo', 'release', 'src/auth.ts');
});

test.each([
  ['server', 'src/auth.ts', 'conflict'],
  ['server', 'src', 'conflict'],
  ['server', 'src/api/users.ts', 'free'],
  ['service', 'src/auth.ts', 'free'],
  ['service', 'server:src/auth.ts', 'conflict'],
  ['service', 'client:src', 'conflict'],
  ['service', 'client:docs', 'free'],
])('in %s an edit of %s is %s', async (place, path, verdict) => {
  expect(await scene.ask(place, 'bob', 'check-edit', path)).toMatchObject({ verdict });
});

test('who asks for several repositories at once hears of all of them', async () => {
  const told = await scene.ask(
    'service',
    'bob',
    'check-edit',
    'src/auth.ts',
    'server:src/auth.ts',
    'client:src/auth.ts',
  );
  expect(told.rivals.map(({ overlap }: { overlap: string[] }) => overlap)).toEqual([
    ['server:src/auth.ts'],
    ['client:src/auth.ts'],
  ]);
});

test('who and claims are asked for a path of any repository', async () => {
  const there = await scene.ask('service', 'bob', 'claims', '--path', 'server:src');
  expect(there.claims).toMatchObject([{ agent: 'ada' }]);
  expect((await scene.ask('service', 'bob', 'claims', '--path', 'src')).claims).toEqual([]);
  const { paths } = await scene.ask('service', 'bob', 'who', 'client:src/auth.ts', 'src/auth.ts');
  expect(paths).toMatchObject([
    { path: 'client:src/auth.ts', claims: [{ agent: 'ada' }] },
    { path: 'src/auth.ts', claims: [] },
  ]);
});

test('the log of a path is that of its repository', async () => {
  const own = await scene.ask('service', 'bob', 'log', '--path', 'server:src/auth.ts');
  expect(own.entries).toMatchObject([{ op: 'claim', summary: expect.stringContaining('server:src/auth.ts') }]);
  const atHome = await scene.ask('server', 'bob', 'log', '--path', 'src/auth.ts');
  expect(atHome.entries[0].summary).toContain('claim client:src/auth.ts and src/auth.ts (ada');
});

test('a slip in a repository’s name is no resource', async () => {
  const told = await scene.ask('service', 'bob', 'claim', 'sevrer:src/auth.ts');
  expect(told).toMatchObject({ code: 2, error: { next: 'Did you mean server:src/auth.ts?' } });
});

test('resources are of the whole hub', async () => {
  expect((await scene.ask('service', 'bob', 'claim', 'port:5432')).code).toBe(0);
  await scene.sync('service');
  await scene.sync('client');
  expect(await scene.ask('client', 'ada', 'claim', 'port:5432')).toMatchObject({ error: { code: 'claim-conflict' } });
});

test('a claim is renewed and handed on by a path of another repository', async () => {
  expect(await scene.ask('client', 'ada', 'renew', 'server:src/auth.ts')).toMatchObject({ code: 0 });
  expect(await scene.ask('client', 'ada', 'renew', 'service:src/auth.ts')).toMatchObject({
    error: { code: 'not-holder' },
  });
  await scene.ask('client', 'eve', 'status', 'waits');
  const handed = await scene.ask('client', 'ada', 'handoff', 'eve', 'server:src/auth.ts');
  expect(handed.claims).toMatchObject([{ agent: 'eve', paths: ['server:src/auth.ts'] }]);
  await scene.ask('client', 'eve', 'handoff', 'ada', 'server:src/auth.ts');
});

test('a repository that joined since is asked for at the hub, before its name is taken for a resource’s', async () => {
  scene.make('twin/server');
  scene.put('twin/server', '.intercom/config.yaml', 'repository: latecomer\n');
  await scene.ask('twin/server', undefined, 'init', '--hub', 'team', '--harness', 'none');
  const claimed = await scene.ask('client', 'ada', 'claim', 'latecomer:docs');
  expect(claimed.claim.paths).toEqual(['latecomer:docs']);
  await scene.sync('twin/server');
  expect(await scene.ask('twin/server', 'zed', 'check-edit', 'docs/guide.md')).toMatchObject({ verdict: 'conflict' });
});

test('some of the paths are given back by their repository', async () => {
  const told = await scene.ask('client', 'ada', 'release', 'server:src/auth.ts');
  expect(told.claims).toMatchObject([{ paths: ['server:src/auth.ts'] }]);
  const { claims } = await scene.ask('client', 'ada', 'claims', '--path', 'server:src/auth.ts');
  expect(claims).toEqual([]);
  expect((await scene.ask('client', 'ada', 'claims', '--path', 'src/auth.ts')).claims).toHaveLength(1);
});
