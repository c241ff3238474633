/** Finished but not merged, in a hub: seen from every repository, judged in its own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scene } from './scene.ts';

let scene: Scene;
const landing = async (place: string, path: string) =>
  (await scene.ask(place, 'bob', 'who', path)).paths[0].landing as unknown[];

beforeAll(async () => {
  scene = new Scene();
  scene.make('client', 'server');
  await scene.join('client', 'server');
  // A branch of the same name, and with the same file, in each of them.
  for (const place of ['client', 'server']) scene.git(place, 'switch', '--quiet', '--create', 'login');
  await scene.ask('server', 'ada', 'claim', 'src/auth.ts', '--why', 'one login');
  scene.put('server', 'src/auth.ts', '// a token\n');
  scene.git('server', 'commit', '--quiet', '--all', '--message=A token');
  await scene.ask('server', 'ada', 'release', 'src/auth.ts');
  await scene.sync('server');
  await scene.sync('client');
}, 60_000);
afterAll(() => scene.remove());

test('another repository is told of it, and its own file of that name is not meant', async () => {
  expect(await landing('client', 'server:src/auth.ts')).toMatchObject([
    { agent: 'ada', branch: 'login', paths: ['server:src/auth.ts'], why: 'one login' },
  ]);
  expect(await landing('client', 'src/auth.ts')).toEqual([]);
});

test('what another repository merges under that name ends nothing', async () => {
  scene.put('client', 'src/auth.ts', '// a cookie\n');
  scene.git('client', 'commit', '--quiet', '--all', '--message=A cookie');
  scene.git('client', 'switch', '--quiet', 'main');
  scene.git('client', 'merge', '--quiet', 'login');
  await scene.ask('client', 'bob', 'claim', 'server:src/auth.ts');
  await scene.ask('client', 'bob', 'gc');
  expect(await landing('client', 'server:src/auth.ts')).toHaveLength(1);
  await scene.ask('client', 'bob', 'release', '--all');
  await scene.sync('client');
});

test('it is over everywhere when its own repository has merged it and somebody there claims next', async () => {
  scene.git('server', 'switch', '--quiet', 'main');
  scene.git('server', 'merge', '--quiet', 'login');
  await scene.sync('server');
  expect(await scene.ask('server', 'cleo', 'claim', 'src/auth.ts')).toMatchObject({ code: 0 });
  await scene.sync('server');
  await scene.sync('client');
  expect(await landing('client', 'server:src/auth.ts')).toEqual([]);
});
