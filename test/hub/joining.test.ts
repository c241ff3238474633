/** A repository that has coordinated before joins a hub, with what it has. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = new Scene();
  scene.make('client', 'server');
  await scene.join('server');
  await scene.ask('server', 'bob', 'claim', 'src', '--why', 'all of it');
  await scene.ask('client', undefined, 'init', '--harness', 'none');
});
afterEach(() => scene.remove());

test('its claims go on, on its own paths, beside the same paths of the others', async () => {
  await scene.ask('client', 'ada', 'claim', 'src/auth.ts', '--why', 'before the hub');
  await scene.join('client', 'server');
  const atHome = await scene.ask('client', 'ada', 'claims');
  expect(atHome.claims).toMatchObject([
    { agent: 'bob', paths: ['server:src'] },
    { agent: 'ada', paths: ['src/auth.ts'], state: 'confirmed' },
  ]);
  expect((await scene.ask('server', 'bob', 'claims', '--agent', 'ada')).claims).toMatchObject([
    { paths: ['client:src/auth.ts'] },
  ]);
  expect(await scene.ask('server', 'bob', 'check-edit', 'src/auth.ts')).toMatchObject({ verdict: 'ours' });
  expect(await scene.ask('client', 'eve', 'check-edit', 'src/auth.ts')).toMatchObject({ verdict: 'conflict' });
});

test('it brings its history along from the remote that it shared by before', async () => {
  scene.scratch.git('init', '--quiet', '--bare', scene.at('origin.git'));
  scene.git('client', 'remote', 'add', 'origin', '../origin.git');
  await scene.ask('client', undefined, 'init', '--harness', 'none', '--remote', 'origin');
  await scene.ask('client', 'ada', 'claim', 'src/auth.ts');
  await scene.ask('client', 'ada', 'status', 'the login page');
  await scene.sync('client');
  await scene.join('client', 'server');
  const { agents } = await scene.ask('server', 'bob', 'who');
  expect(agents).toContainEqual(
    expect.objectContaining({
      name: 'ada',
      activity: 'the login page',
      claims: [expect.objectContaining({ paths: ['client:src/auth.ts'] })],
    }),
  );
});

test('what was claimed before is released and asked for by its plain path', async () => {
  await scene.ask('client', 'ada', 'claim', 'src/auth.ts');
  await scene.join('client');
  expect((await scene.ask('client', 'ada', 'claims', '--path', 'src/auth.ts')).claims).toHaveLength(1);
  expect(await scene.ask('client', 'ada', 'release', 'src/auth.ts')).toMatchObject({
    claims: [{ paths: ['src/auth.ts'] }],
  });
});

test('two agents who took one name while apart are two in the hub, and the later one is told', async () => {
  await scene.ask('server', 'max', 'status', 'sessions');
  await scene.sync('server');
  await scene.ask('client', 'max', 'status', 'the login page');
  await scene.join('client', 'server');
  const { agents } = await scene.ask('server', 'bob', 'who');
  const activities = agents.map(({ name, activity }: { name: string; activity: string }) => `${name}: ${activity}`);
  expect(activities).toEqual(expect.arrayContaining(['max: sessions', 'max-2: the login page']));
  await scene.ask('server', 'bob', 'send', 'max', 'for the server');
  await scene.sync('server');
  await scene.sync('client');
  expect((await scene.ask('client', 'max-2', 'peek')).messages).toMatchObject([
    { subject: expect.stringContaining('max-2') },
  ]);
  expect(await scene.ask('client', 'max', 'peek')).toMatchObject({ error: { code: 'name-taken' } });
});
