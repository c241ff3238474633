/** What a server leaves alone: everything where it only looks, and a place where nothing can be or is to be recorded. */
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { type Connection, Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };
const readOnly = ['--read-only', '--toolset', 'full'];

/** Every file and folder of the git directory, with its bytes. */
function contents(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true }) as string[];
  const read = (path: string) => (statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'latin1'));
  return new Map(names.sort().map((name) => [name, read(join(dir, name))]));
}

async function lookAround(server: Connection): Promise<void> {
  for (const [name, input] of [
    ['who', {}],
    ['who', { paths: ['src/a.ts'] }],
    ['peek', {}],
    ['check_edit', { paths: ['src/a.ts'] }],
    ['read', { what: 'history' }],
    ['read', { what: 'search', words: 'hello' }],
    ['read_spec', {}],
  ] as const) {
    expect([name, (await server.call(name, input)).isError]).toEqual([name, false]);
  }
  for (const name of ['inbox', 'claims', 'agents']) await server.client.readResource({ uri: `intercom://${name}` });
  await server.client.getPrompt({ name: 'standup' });
}

test('a read-only server leaves every byte of the repository as it was, also what others would tidy up', async () => {
  const place = new Place();
  place.command('ada', 'status', 'here');
  place.command('eve', 'claim', 'src/a.ts');
  place.command('eve', 'send', 'ada', 'hello');
  const inflight = join(place.repo, '.git/intercom/inflight');
  // As if it was written ten minutes ago: whoever comes by looks after it.
  for (const slot of readdirSync(inflight)) renameSync(join(inflight, slot), join(inflight, String(Number(slot) - 60)));
  const before = contents(join(place.repo, '.git'));
  const server = await place.connect({ env: ada, words: readOnly });
  await lookAround(server);
  await server.client.close();
  expect(contents(join(place.repo, '.git'))).toEqual(before);
});

test('a read-only server brings nothing to the remote and fetches nothing', async () => {
  const place = new Place();
  place.git('clone', '--quiet', '--bare', '--template=', '.', '../remote.git');
  place.git('remote', 'add', 'origin', join(place.dir, 'remote.git'));
  place.command('eve', 'init', '--yes', '--remote', 'origin', '--harness', 'none', '--no-git-hooks');
  const policy = join(place.repo, '.intercom/config.yaml');
  const fast = 'sync:\n  interval: 1s\n  idleInterval: 1s\n  batch: 0s\n';
  writeFileSync(policy, `${readFileSync(policy, 'utf8')}${fast}`);
  place.command('eve', 'status', 'here', '--offline');
  const remote = contents(join(place.dir, 'remote.git'));
  const server = await place.connect({ env: ada, words: readOnly });
  const heard = new Promise<void>((resolve) => {
    server.client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => resolve());
  });
  await server.client.subscribeResource({ uri: 'intercom://claims' });
  place.command('eve', 'claim', 'src/a.ts', '--offline');
  await heard;
  const before = contents(join(place.repo, '.git'));
  // Twice as long as a server that writes lets the remote wait here.
  const endMs = performance.now() + 2_500;
  while (performance.now() < endMs) await lookAround(server);
  await server.client.close();
  expect(contents(join(place.repo, '.git'))).toEqual(before);
  expect(contents(join(place.dir, 'remote.git'))).toEqual(remote);
});

test.each<[string, (file: string) => void]>([
  ['damaged', (file) => writeFileSync(file, 'no index')],
  ['gone', (file) => rmSync(file)],
])('a read-only server searches where a file of the index is %s, and leaves it so', async (_, spoil) => {
  const place = new Place();
  place.command('eve', 'send', 'all', 'hello');
  place.command('eve', 'search', 'hello');
  const index = join(place.repo, '.git/intercom/search');
  for (const name of readdirSync(index)) if (name.endsWith('.segment')) spoil(join(index, name));
  const before = contents(join(place.repo, '.git'));
  const server = await place.connect({ env: ada, words: readOnly });
  const found = await server.call('read', { what: 'search', words: 'hello' });
  expect(found).toMatchObject({ isError: false, json: { hits: [{ text: 'hello' }] } });
  await server.client.close();
  expect(contents(join(place.repo, '.git'))).toEqual(before);
});

test('where nothing can be recorded the tools that look answer, and those that write say why not', async () => {
  const place = new Place();
  place.command('eve', 'claim', 'src/a.ts');
  place.command('eve', 'send', 'all', 'hello');
  // The one thing that every writer makes; root may write below any folder, and not below a file.
  const lock = join(place.repo, '.git/intercom/holders');
  rmSync(lock, { recursive: true });
  writeFileSync(lock, '');
  chmodSync(lock, 0o400);
  const server = await place.connect({ env: ada, words: ['--toolset', 'full'] });
  await lookAround(server);
  const refused = await server.call('claim', { paths: ['src/b.ts'] });
  expect(refused).toMatchObject({ isError: true, json: { error: { message: expect.stringContaining('write lock') } } });
  rmSync(lock);
  expect((await server.call('claim', { paths: ['src/b.ts'] })).json.claim).toMatchObject({ agent: 'ada' });
  expect(place.command('eve', 'who').json.agents.map(({ name }: { name: string }) => name)).toContain('ada');
});

test('a repository that was removed is not made again, neither by a call nor by the leaving', async () => {
  const place = new Place();
  const server = await place.connect({ env: ada });
  await server.call('claim', { paths: ['src/a.ts'] });
  rmSync(place.repo, { recursive: true });
  for (const [name, input] of [['claim', { paths: ['src/b.ts'] }] as const, ['who', {}] as const]) {
    const { isError, json } = await server.call(name, input);
    expect([name, isError, json.error?.code]).toEqual([name, true, 'not-a-repository']);
  }
  await server.client.close();
  expect(existsSync(place.repo)).toBe(false);
});
