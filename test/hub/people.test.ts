/** Agents of several repositories: where they live, and that none hears what is meant for its namesake. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scene, type Told } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = new Scene();
  scene.make('client', 'server', 'twin/server');
  await scene.join('client', 'server', 'twin/server');
  await scene.ask('client', 'ada', 'status', 'the login page', '--describe', 'looks after the client');
  await scene.sync('client');
  await scene.sync('server');
}, 60_000);
afterAll(() => scene.remove());

const names = ({ agents }: Told): string[] => agents.map(({ name }: { name: string }) => name);

test('agents are known with repository, place and description', async () => {
  const { agents } = await scene.ask('server', 'bob', 'who');
  expect(agents.find(({ name }: { name: string }) => name === 'ada')).toMatchObject({
    repository: 'client',
    worktree: scene.at('client'),
    description: 'looks after the client',
  });
  expect((await scene.say('server', 'bob', 'who')).stdout).toMatch(/ada .* in client at .*\/client/);
});

test('who looks as far as it is told', async () => {
  await scene.ask('server', 'bob', 'status', 'sessions');
  expect(names(await scene.ask('server', 'bob', 'who', '--scope', 'repo'))).not.toContain('ada');
  expect(names(await scene.ask('server', 'bob', 'who', '--scope', 'repo'))).toContain('bob');
  expect(names(await scene.ask('server', 'bob', 'who', '--scope', 'hub'))).toEqual(
    expect.arrayContaining(['ada', 'bob']),
  );
  expect(names(await scene.ask('server', 'bob', 'who', '--scope', 'machine'))).toContain('ada');
});

test('messages and asks cross', async () => {
  await scene.ask('server', 'bob', 'send', 'ada', 'client:src/auth.ts sends no token');
  await scene.sync('server');
  await scene.sync('client');
  const { messages } = await scene.ask('client', 'ada', 'peek');
  expect(messages).toMatchObject([{ from: 'bob', text: 'client:src/auth.ts sends no token' }]);
  await scene.ask('client', 'ada', 'reply', messages[0].id, 'it does now');
  await scene.sync('client');
  await scene.sync('server');
  expect((await scene.ask('server', 'bob', 'peek')).messages).toMatchObject([{ from: 'ada', text: 'it does now' }]);
});

test('an agent that takes the name of another repository’s is refused, and sees none of its mail', async () => {
  await scene.ask('server', 'bob', 'send', 'ada', 'for the ada of the client alone');
  for (const words of [['peek'], ['send', 'bob', 'hi'], ['claim', 'src/auth.ts'], ['pending'], ['ack', '--all']]) {
    const told = await scene.ask('server', 'ada', ...words);
    expect(told).toMatchObject({
      code: 1,
      error: { code: 'name-taken', message: 'The name ada is taken by an agent of client.' },
    });
    expect(JSON.stringify(told)).not.toContain('for the ada');
  }
  await scene.sync('server');
  await scene.sync('client');
  expect((await scene.ask('client', 'ada', 'peek')).messages).toMatchObject([
    { text: 'for the ada of the client alone' },
  ]);
});

test('of two repositories with one name each is named by its key, and neither stands in the other’s way', async () => {
  await scene.ask('server', 'bob', 'claim', 'src/auth.ts');
  await scene.sync('server');
  for (const place of ['twin/server', 'client']) await scene.sync(place);
  expect(await scene.ask('twin/server', 'eve', 'check-edit', 'src/auth.ts')).toMatchObject({ verdict: 'free' });
  const told = await scene.ask('client', 'ada', 'claim', 'server:src/auth.ts');
  expect(told).toMatchObject({ code: 2, error: { message: expect.stringContaining('2 repositories of this hub') } });
  const key = /^repository: (\S+)/m.exec(scene.config('server'))?.[1];
  expect(told.error.data.nearest).toContain(key);
  const refused = await scene.ask('client', 'ada', 'claim', `${key}:src/auth.ts`);
  expect(refused.error.data.rivals).toMatchObject([{ agent: 'bob', paths: [`${key}:src/auth.ts`] }]);
});
