/** Joining a hub and leaving it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.make('client', 'server');
});
afterEach(() => scene.remove());

const init = (place: string, ...words: string[]) => scene.ask(place, undefined, 'init', '--harness', 'none', ...words);

test('a name alone makes a bare repository among the user’s data, and a second run changes nothing', async () => {
  const first = await init('client', '--hub', 'team');
  expect(first).toMatchObject({ code: 0, hub: 'team', changed: expect.arrayContaining([scene.hub]) });
  expect(parse(scene.config('client'))).toEqual({ hub: 'team', repository: `client~${scene.id('client')}` });
  expect(first.repository).toBe('client');
  expect(scene.scratch.git('--git-dir', scene.hub, 'config', 'receive.denyNonFastForwards')).toBe('true');
  const before = scene.git('client', 'rev-parse', 'intercom');
  expect(await init('client', '--hub', 'team')).toMatchObject({ changed: [] });
  expect(await init('client')).toMatchObject({ changed: [], hub: 'team', repository: 'client' });
  expect(scene.git('client', 'rev-parse', 'intercom')).toBe(before);
});

test('in a rehearsal neither hub nor policy is written', async () => {
  expect(await init('client', '--hub', 'team', '--dry-run')).toMatchObject({
    changed: expect.arrayContaining([scene.hub]),
  });
  expect(existsSync(scene.hub)).toBe(false);
  expect(existsSync(join(scene.at('client'), '.intercom/config.yaml'))).toBe(false);
});

test('a clone is the same repository, also where its policy says nothing of it', async () => {
  await init('server', '--hub', 'team');
  scene.scratch.git('clone', '--quiet', scene.at('server'), scene.at('elsewhere'));
  scene.put('elsewhere', '.intercom/config.yaml', 'hub: team\n');
  await init('elsewhere');
  expect(scene.id('elsewhere')).toBe(scene.id('server'));
});

test('one that is called as another is told the name that others have to write', async () => {
  scene.make('twin/server');
  expect((await init('server', '--hub', 'team')).repository).toBe('server');
  expect((await init('twin/server', '--hub', 'team')).repository).toBe(`server~${scene.id('twin/server')}`);
  const again = await scene.say('server', undefined, 'init', '--harness', 'none');
  expect(again.stdout).toContain(`others write server~${scene.id('server')}:<path>`);
});

test('a linked worktree is the same repository, and finds a hub by the path that the main one does', async () => {
  scene.scratch.git('init', '--quiet', '--bare', scene.at('shared.git'));
  await init('server', '--hub', '../shared.git');
  scene.git('server', 'add', '.intercom');
  scene.git('server', 'commit', '--quiet', '--message=Policy');
  scene.git('server', 'worktree', 'add', '--quiet', join(scene.scratch.dir, 'far/away/linked'));
  expect(await init('far/away/linked')).toMatchObject({ hub: '../shared.git' });
  expect(scene.id('far/away/linked')).toBe(scene.id('server'));
});

test.each([
  ['../nowhere.git', 'There is no repository at'],
  ['a b', 'cannot be the name of a hub'],
  ['https://ada:secret@example.org/hub.git', 'must not hold a password'],
])('%s is no hub', async (hub, why) => {
  const told = await init('client', '--hub', hub);
  expect(told).toMatchObject({ code: 2, error: { message: expect.stringContaining(why) } });
  expect(existsSync(join(scene.at('client'), '.intercom/config.yaml'))).toBe(false);
});

test('a hub and a remote at once are wrong use', async () => {
  expect(await init('client', '--hub', 'team', '--remote', 'origin')).toMatchObject({ code: 2 });
});

test('the last to leave takes the hub away, if nothing is lost by it', async () => {
  await scene.join('client', 'server');
  await scene.ask('server', 'bob', 'status', 'only the server has seen this');
  await scene.sync('server');
  expect((await scene.ask('client', undefined, 'remove', '--yes')).changed).not.toContain(scene.hub);
  expect(existsSync(scene.hub)).toBe(true);
  const told = await scene.ask('server', undefined, 'remove', '--yes');
  expect(told.changed).toContain(scene.hub);
  expect(existsSync(join(scene.scratch.dir, 'home/data/git-intercom'))).toBe(false);
});

test('a hub that holds what this clone never fetched stays, and that is said', async () => {
  await scene.join('client', 'server');
  await scene.ask('client', 'ada', 'status', 'the server never fetched this');
  await scene.sync('client');
  await scene.ask('client', undefined, 'remove', '--yes');
  const told = await scene.ask('server', undefined, 'remove', '--yes');
  expect(told.refused).toMatchObject([{ what: expect.stringContaining('not in this clone') }]);
  expect(existsSync(scene.hub)).toBe(true);
});
