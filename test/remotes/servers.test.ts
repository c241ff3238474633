/** That the servers are what the other tests take them for: the real git clones from them, pushes to them, is cut off. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { tryGit } from './git.ts';
import { everyServer } from './servers/every.ts';
import { startGitDaemon } from './servers/git-daemon.ts';
import { startHosts } from './servers/hosts.ts';
import { startHttpBackend } from './servers/http-backend.ts';
import { isServer, type Server } from './servers/server.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-remotes-'));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

/** A clone with one commit. */
async function cloneOf(server: Server): Promise<string> {
  const dir = join(folder(), 'clone');
  expect(await tryGit(server.env, 'clone', '-q', server.url, dir)).toMatchObject({ code: 0 });
  expect(await tryGit(server.env, '-C', dir, 'commit', '-q', '--allow-empty', '-m', 'begin')).toMatchObject({
    code: 0,
  });
  return dir;
}

describe.each(everyServer)('%s', (_name, start) => {
  test('is cloned from, pushed to, cut off and back again', async ({ skip }) => {
    const server = await start();
    if (!isServer(server)) return skip(server.reason);
    onTestFinished(() => server.stop());
    const dir = await cloneOf(server);
    expect(await tryGit(server.env, '-C', dir, 'push', '-q', 'origin', 'HEAD:main')).toMatchObject({ code: 0 });
    const mend = await server.cut();
    expect((await tryGit(server.env, '-C', dir, 'ls-remote', 'origin')).code).not.toBe(0);
    await mend();
    expect(await tryGit(server.env, '-C', dir, 'ls-remote', 'origin', 'main')).toMatchObject({ code: 0 });
  });
});

test('a daemon and a web server without push rights say so', async () => {
  for (const start of [() => startGitDaemon('refused'), () => startHttpBackend({ pushing: 'refused' })]) {
    const server = await start();
    onTestFinished(() => server.stop());
    const pushed = await tryGit(server.env, '-C', await cloneOf(server), 'push', '-q', 'origin', 'HEAD:main');
    expect(pushed.code).not.toBe(0);
    expect(pushed.err).toMatch(/403|access denied|service not enabled/);
  }
});

test('who does not give the password is not let in', async () => {
  const server = await startHttpBackend();
  onTestFinished(() => server.stop());
  const asked = await tryGit({ GIT_TERMINAL_PROMPT: '0' }, 'ls-remote', server.url);
  expect(asked.code).not.toBe(0);
  expect(await tryGit({}, 'ls-remote', server.urlWithPassword)).toMatchObject({ code: 0 });
});

test('hosts of their own are joined by links, each cut and hampered for itself', async ({ skip }) => {
  const network = await startHosts(2);
  if (!isServer(network)) return skip(network.reason);
  onTestFinished(() => network.stop());
  const [here, there] = network.hosts as [(typeof network.hosts)[0], (typeof network.hosts)[0]];
  const look = async (host: typeof here) =>
    (await tryGit({}, { enter: [...host.enter, 'timeout', '1'] }, 'ls-remote', network.url)).code === 0;
  const both = () => Promise.all([look(here), look(there)]);
  expect(await both()).toEqual([true, true]);
  const mend = here.cut();
  expect(await both()).toEqual([false, true]);
  mend();
  const smooth = there.hamper();
  await smooth();
  expect(await both()).toEqual([true, true]);
});
