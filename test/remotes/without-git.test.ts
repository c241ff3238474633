/** The command on a machine without git, over HTTP: two clones agree as they do with one. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginTeam, type Clone, makeClone, makeFolder, startOr } from './clones.ts';
import { git } from './git.ts';
import { startHttpBackend } from './servers/http-backend.ts';

/** A folder with node and nothing else, to be the whole PATH. */
function pathWithoutGit(): string {
  const dir = join(makeFolder(), 'bin');
  mkdirSync(dir);
  symlinkSync(process.execPath, join(dir, 'node'));
  return dir;
}

test('a claim is confirmed and refused, a message arrives, and a server that is away is said', async () => {
  const server = await startHttpBackend();
  await startOr(
    () => {
      throw new Error('a web server is always there');
    },
    async () => server,
  );
  await beginTeam(server);
  const path = pathWithoutGit();
  const { username, password } = new URL(server.urlWithPassword);
  const env = {
    PATH: path,
    INTERCOM_HTTP_AUTH: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
  };
  const [here, there] = [await makeClone(server), await makeClone(server)];
  const run = (clone: Clone, agent: string, ...words: string[]) => clone.run(agent, words, { env });

  expect(await run(here, 'bold-fox', 'claim', 'src/**')).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await run(there, 'calm-owl', 'claim', 'src/a.ts')).toMatchObject({
    exitCode: 1,
    json: { error: { data: { rivals: [{ agent: 'bold-fox' }] } } },
  });
  expect(await run(there, 'calm-owl', 'claim', 'doc/**')).toMatchObject({ json: { claim: { state: 'confirmed' } } });
  expect(await run(there, 'calm-owl', 'send', 'bold-fox', 'hello')).toMatchObject({ exitCode: 0 });
  expect(await run(there, 'calm-owl', 'sync')).toMatchObject({ exitCode: 0 });
  expect(await run(here, 'bold-fox', 'sync')).toMatchObject({ exitCode: 0 });
  expect((await run(here, 'bold-fox', 'peek')).json).toMatchObject({ messages: [{ text: 'hello' }] });

  const mend = await server.cut();
  expect(await run(here, 'bold-fox', 'claim', 'test/**')).toMatchObject({ json: { claim: { state: 'provisional' } } });
  await mend();
  expect(await run(here, 'bold-fox', 'sync')).toMatchObject({ exitCode: 0 });
  expect((await run(here, 'bold-fox', 'claims')).json.claims.map(({ state }: { state: string }) => state)).toEqual([
    'confirmed',
    'confirmed',
    'confirmed',
  ]);
  for (const dir of [server.bare, here.dir, there.dir]) {
    expect(await git({}, '-C', dir, 'fsck', '--strict', '--no-dangling')).toBe('');
  }
});
