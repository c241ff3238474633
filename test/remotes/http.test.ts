/** The way to the remote where no git is installed, against a real `git http-backend` that asks for a password. */
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseOid } from '../../src/domain/oid.ts';
import { locate } from '../../src/store/git/locate-head.ts';
import { readRef } from '../../src/store/git/refs.ts';
import { openHttpTransport } from '../../src/store/sync/http.ts';
import { removeFolder } from '../remove-folder.ts';
import { git } from './git.ts';
import { type HttpSettings, startHttpBackend } from './servers/http-backend.ts';

const branch = 'intercom';
const ref = `refs/heads/${branch}`;

async function startServer(settings?: HttpSettings) {
  const server = await startHttpBackend(settings);
  onTestFinished(() => server.stop());
  return server;
}

async function makeClone(url: string, env: NodeJS.ProcessEnv = {}, config: readonly (readonly string[])[] = []) {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-http-'));
  onTestFinished(() => removeFolder(dir));
  await git({}, 'init', '-q', '-b', 'main', dir);
  for (const words of config) await git({}, '-C', dir, 'config', ...words);
  const repository = await locate({ cwd: dir, env: {} });
  const journalDir = join(dir, '.git', 'intercom');
  const open = (more: { deadlineMs?: number } = {}) =>
    openHttpTransport({ repository, url, branch, deadlineMs: 20_000, env, journalDir, ...more });
  const commit = async (text: string) => {
    writeFileSync(join(dir, 'file'), text);
    await git({}, '-C', dir, 'add', 'file');
    await git({}, '-C', dir, 'commit', '-q', '-m', text);
    return parseOid(await git({}, '-C', dir, 'rev-parse', 'HEAD'));
  };
  return { dir, repository, transport: open(), open, commit };
}

describe('a remote with git http-backend', () => {
  test('is looked at, pushed to and fetched from, and moves by its own comparison alone', async () => {
    const server = await startServer();
    const ours = await makeClone(server.urlWithPassword);
    expect(await ours.transport.look()).toEqual({ status: 'reached', value: null });
    expect(await ours.transport.fetch()).toEqual({ status: 'reached', value: null });
    const first = await ours.commit('first');
    expect(await ours.transport.push(first)).toEqual({ status: 'accepted', was: null });
    expect(await ours.transport.look()).toEqual({ status: 'reached', value: first });

    const theirs = await makeClone(server.urlWithPassword);
    expect(await theirs.transport.fetch()).toEqual({ status: 'reached', value: first });
    await git({}, '-C', theirs.dir, 'reset', '-q', '--hard', 'refs/intercom/fetched');
    const second = await theirs.commit('second');
    expect(await theirs.transport.push(second)).toEqual({ status: 'accepted', was: first });

    const late = await ours.commit('late');
    expect(await ours.transport.push(late)).toEqual({ status: 'moved' });
    expect(await ours.transport.fetch()).toEqual({ status: 'reached', value: second });
    expect(await ours.transport.push(late)).toEqual({ status: 'moved' });
    expect(await git({}, '-C', server.bare, 'rev-parse', ref)).toBe(second);
    expect(await git({}, '-C', server.bare, 'fsck', '--strict')).toBe('');
    expect(await git({}, '-C', ours.dir, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(await git({}, '-C', ours.dir, 'show', 'refs/intercom/fetched:file')).toBe('second');
  });

  test('is told what this clone has: a second fetch brings only what is new', async () => {
    const server = await startServer();
    const ours = await makeClone(server.urlWithPassword);
    for (let n = 0; n < 20; n++) await ours.commit(`commit ${n}`);
    await ours.transport.push(await ours.commit('last'));
    const theirs = await makeClone(server.urlWithPassword);
    await theirs.transport.fetch();
    await ours.transport.push(await ours.commit('one more'));
    await theirs.transport.fetch();
    const packs = join(theirs.dir, '.git/objects/pack');
    const sizes = readdirSync(packs)
      .filter((name) => name.endsWith('.pack'))
      .map((name) => readFileSync(join(packs, name)).readUInt32BE(8))
      .sort((a, b) => a - b);
    expect(sizes).toEqual([3, 63]);
  });

  test('leaves the refs, FETCH_HEAD and configuration of the repository alone', async () => {
    const server = await startServer();
    const ours = await makeClone(server.urlWithPassword);
    await ours.transport.push(await ours.commit('first'));
    const theirs = await makeClone(server.urlWithPassword);
    await git({}, '-C', theirs.dir, 'config', 'remote.authority.fetch', '+refs/heads/*:refs/heads/*');
    const before = readFileSync(join(theirs.dir, '.git/config'), 'utf8');
    await theirs.transport.fetch();
    expect(await git({}, '-C', theirs.dir, 'for-each-ref', '--format=%(refname)')).toBe('refs/intercom/fetched');
    expect(readFileSync(join(theirs.dir, '.git/config'), 'utf8')).toBe(before);
    expect(existsSync(join(theirs.dir, '.git/FETCH_HEAD'))).toBe(false);
  });

  test('gives a shallow clone what it lacks', async () => {
    const server = await startServer();
    const ours = await makeClone(server.urlWithPassword);
    await ours.commit('first');
    await ours.transport.push(await ours.commit('second'));
    const dir = mkdtempSync(join(tmpdir(), 'intercom-http-'));
    onTestFinished(() => removeFolder(dir));
    await git({}, 'clone', '-q', '--depth=1', '--branch', branch, server.urlWithPassword, dir);
    const repository = await locate({ cwd: dir, env: {} });
    expect(repository.isShallow).toBe(true);
    const settings = { branch, deadlineMs: 20_000, env: {}, journalDir: join(dir, '.git/intercom') };
    const transport = openHttpTransport({ repository, url: server.urlWithPassword, ...settings });
    expect(await transport.deepen()).toMatchObject({ status: 'reached' });
    expect(await git({}, '-C', dir, 'rev-list', '--count', 'refs/intercom/fetched')).toBe('2');
    expect(await git({}, '-C', dir, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });
});

describe('what stands in the way is said', () => {
  test('no password, and one from the environment', async () => {
    const server = await startServer();
    const nameless = await makeClone(server.url);
    expect(await nameless.transport.look()).toEqual({
      status: 'forbidden',
      why: `The remote ${server.url} wants to know who you are, and does not take what it was told.`,
      next: 'Set INTERCOM_HTTP_AUTH to name:password, or install git, which asks your credential helper.',
    });
    const { username, password } = new URL(server.urlWithPassword);
    const auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const named = await makeClone(server.url, { INTERCOM_HTTP_AUTH: auth });
    expect(await named.transport.look()).toEqual({ status: 'reached', value: null });
  });

  test('no right to push', async () => {
    const server = await startServer({ pushing: 'refused' });
    const { transport, commit } = await makeClone(server.urlWithPassword);
    const answer = await transport.push(await commit('first'));
    expect(answer).toMatchObject({
      status: 'forbidden',
      why: `You may not push the branch intercom to the remote ${server.url}, or not read it.`,
    });
  });

  test('a branch that is protected', async () => {
    const server = await startServer();
    const hook = join(server.bare, 'hooks/update');
    writeFileSync(hook, '#!/bin/sh\necho "branch is protected" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const { transport, commit } = await makeClone(server.urlWithPassword);
    expect(await transport.push(await commit('first'))).toMatchObject({
      status: 'forbidden',
      why: `The remote ${server.url} does not accept pushes to the branch intercom. It says: hook declined`,
    });
  });

  test('nobody there, no repository there, and a proxy that is not used', async () => {
    const server = await startServer({ authentication: 'none' });
    const elsewhere = await makeClone(server.url.replace('team', 'other'));
    expect(await elsewhere.transport.fetch()).toMatchObject({
      status: 'offline',
      why: `There is no repository at the remote ${server.url.replace('team', 'other')}.`,
    });
    const { transport, open } = await makeClone(server.url, { HTTP_PROXY: 'http://proxy.invalid' });
    await server.cut();
    for (const asked of [transport.look(), transport.fetch(), open().deepen()]) {
      const { status, why } = (await asked) as { status: string; why: string };
      expect(status).toBe('offline');
      expect(why).toMatch(/(ECONNREFUSED|hang up).*A proxy is set in the environment, and it is used only where git/);
    }
    const alone = { HOME: '/nonexistent' };
    const direct = await makeClone(server.url, alone);
    expect(await direct.transport.look()).toMatchObject({ why: expect.not.stringContaining('proxy') });
    const proxied = await makeClone(server.url, alone, [[`http.${server.url}.proxy`, 'http://proxy.invalid']]);
    expect(await proxied.transport.look()).toMatchObject({
      why: expect.stringMatching(/A proxy is set in the configuration of git, and it is used only where git/),
    });
  });

  test('a server that does not answer is let go after the deadline', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const { open, commit } = await makeClone(`http://127.0.0.1:${port}/team.git`);
    const answers = [open({ deadlineMs: 200 }).look(), open({ deadlineMs: 200 }).push(await commit('first'))];
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 'offline' });
  });

  test('a remote that only git knows the way to', async () => {
    const { transport } = await makeClone('ssh://git@example.invalid/team.git');
    expect(await transport.look()).toMatchObject({
      status: 'offline',
      why: 'git is not installed here, and without it ssh://example.invalid/team.git cannot be reached: only http and https can.',
    });
  });
});

test('a fetch that another has overtaken leaves what the other fetched', async () => {
  const server = await startServer();
  const ours = await makeClone(server.urlWithPassword);
  const first = await ours.commit('first');
  await ours.transport.push(first);
  const theirs = await makeClone(server.urlWithPassword);
  await Promise.all([theirs.transport.fetch(), theirs.open().fetch(), theirs.open().fetch()]);
  expect(await readRef(theirs.repository, 'refs/intercom/fetched')).toBe(first);
});
