/** From the policy and the clone to what git is given. */
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/store/git/config.ts';
import { remoteOf } from '../../../src/store/sync/remote-of.ts';

const at = (config: string, place = { commonDir: '/a/app/.git', workTree: '/a/app' as string | null }) => ({
  config: parseConfig(config),
  ...place,
});
const origin = '[remote "origin"]\n\turl = git@example.org:app.git\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n';
const upstream = '[remote "up.stream/x"]\n\turl = https://example.org/up.git\n';
const of = (policy: { remote?: string; hub?: string }, repository = at('')) =>
  remoteOf({ remote: null, hub: null, ...policy }, repository, '/home/ada/data/hubs');

test('none is none', () => {
  expect(of({}, at(origin))).toEqual({ remote: null });
});

test('a name that git knows is given by its name, so that git applies what it knows of it', () => {
  expect(of({ remote: 'origin' }, at(origin))).toEqual({ remote: 'origin', url: 'git@example.org:app.git' });
  expect(of({ remote: 'up.stream/x' }, at(origin + upstream))).toMatchObject({ remote: 'up.stream/x' });
});

test('a remote that was renamed is found while it is the only one', () => {
  expect(of({ remote: 'origin' }, at(upstream))).toEqual({
    remote: 'up.stream/x',
    url: 'https://example.org/up.git',
    renamedFrom: 'origin',
  });
});

test('where several others could be meant, or there is none, that is said and nothing is guessed', () => {
  const several = of({ remote: 'team' }, at(origin + upstream));
  expect(several.remote).toBeNull();
  expect(several.problem?.what).toBe(
    'The policy names the remote team, and this clone has only origin and up.stream/x.',
  );
  const none = of({ remote: 'team' });
  expect(none.remote).toBeNull();
  expect(none.problem?.next).toBe('Run git remote add team <url>, or git intercom init --no-remote.');
});

test('of a configuration that includes others, git decides', () => {
  expect(of({ remote: 'origin' }, at('[include]\n\tpath = ../more\n'))).toEqual({ remote: 'origin' });
});

test.each(['https://example.org/app.git', 'git@example.org:app.git', 'example.org:app', 'file:///a/b', '/a/hub.git'])(
  'the address %s is given as it stands',
  (remote) => {
    expect(of({ remote }, at(origin))).toEqual({ remote, url: remote });
  },
);

test('a path is meant from the top of the main work tree, also in a linked one and in a bare repository', () => {
  const linked = { commonDir: '/a/app/.git', workTree: '/elsewhere/linked' };
  expect(of({ hub: '../hub.git' }, at('', linked))).toEqual({ remote: '/a/hub.git', url: '/a/hub.git' });
  expect(of({ remote: './x' }, at('', { commonDir: '/a/app.git', workTree: null })).remote).toBe('/a/app.git/x');
});

test('a hub goes before a remote, and a plain name is one in the data folder', () => {
  expect(of({ remote: 'origin', hub: 'team' }, at(origin)).remote).toBe('/home/ada/data/hubs/team.git');
});
