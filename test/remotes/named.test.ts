/** One name, said on two machines: `--agent` or INTERCOM_AGENT there make two agents, of whom one has the name. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Clone } from './clones.ts';
import { held, makeTwo, sync, unread } from './two.ts';

const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

test('who says the name second, before the first was heard of, gets another and none of its claims', async () => {
  const { here, there } = await makeTwo();
  const first = await here.run('bold-fox', ['claim', 'a.ts']);
  expect(first.json.claim).toMatchObject({ agent: 'bold-fox', state: 'confirmed' });
  const second = await there.run('bold-fox', ['claim', 'a.ts']);
  expect(second).toMatchObject({ exitCode: 1, json: { error: { code: 'claim-conflict' } } });
  expect((await there.run('bold-fox', ['check-edit', 'a.ts'])).json.verdict).toBe('conflict');
  expect((await there.run('bold-fox', ['claim', 'b.ts'])).json.claim).toMatchObject({ agent: 'bold-fox-2' });
  expect((await there.run('bold-fox', ['check-edit', 'b.ts'])).json.verdict).toBe('ours');
  await sync(here);
  expect((await here.run('bold-fox', ['check-edit', 'b.ts'])).json.verdict).toBe('conflict');
  expect((await here.run('bold-fox', ['release', 'b.ts'])).json.error).toMatchObject({ code: 'not-holder' });
  expect(await held(here)).toEqual(['bold-fox a.ts confirmed', 'bold-fox-2 b.ts confirmed']);
});

test('a name that is known to be another machine’s is refused, mail and all, and other names are not', async () => {
  const { here, there } = await makeTwo();
  await here.run('bold-fox', ['claim', 'a.ts']);
  await here.run('ada', ['send', 'bold-fox', 'for the one here']);
  await sync(here);
  await sync(there);
  for (const words of [
    ['claim', 'b.ts'],
    ['release', 'a.ts'],
    ['peek'],
    ['peek', '--no-mark'],
    ['send', 'ada', 'hello'],
  ]) {
    const { json } = await there.run('bold-fox', words);
    expect(json.error, words.join(' ')).toMatchObject({ code: 'name-taken' });
    expect(json.error.next).toContain('status --here');
  }
  expect((await there.run('bold-fox', ['check-edit', 'a.ts'])).json.verdict).toBe('conflict');
  expect((await there.run('calm-owl', ['claim', 'b.ts'])).json.claim).toMatchObject({ agent: 'calm-owl' });
  expect(await unread(here, 'bold-fox')).toEqual(['for the one here']);
});

test('an agent that moved to another machine goes on there with its claims and mail, and is refused where it was', async () => {
  const { here, there } = await makeTwo();
  const { json } = await here.run('bold-fox', ['claim', 'a.ts']);
  await here.run('ada', ['send', 'bold-fox', 'wherever you are']);
  await sync(here);
  await sync(there);
  expect((await there.run('bold-fox', ['status', '--here'])).json.agent).toMatchObject({ host: 'far-away' });
  expect((await there.run('bold-fox', ['check-edit', 'a.ts'])).json.verdict).toBe('ours');
  expect(await unread(there, 'bold-fox')).toEqual(['wherever you are']);
  await sync(there);
  await sync(here);
  expect((await here.run('bold-fox', ['check-edit', 'a.ts'])).json.verdict).toBe('conflict');
  expect((await here.run('bold-fox', ['claim', 'b.ts'])).json.error).toMatchObject({ code: 'name-taken' });
  const released = await there.run('bold-fox', ['release', 'a.ts']);
  expect(released.json.claims.map(({ id }: { id: string }) => id)).toEqual([json.claim.id]);
});

test('what comes back with another name while its machine was away stays its own', async () => {
  const { here, there } = await makeTwo();
  await there.run('bold-fox', ['claim', 'b.ts', '--offline']);
  await here.run('bold-fox', ['claim', 'a.ts']);
  expect((await sync(there)).renamed).toMatchObject([{ from: 'bold-fox', to: 'bold-fox-2' }]);
  expect((await there.run('bold-fox', ['check-edit', 'b.ts'])).json.verdict).toBe('ours');
  expect(await unread(there, 'bold-fox')).toEqual([expect.stringContaining('you are bold-fox-2')]);
});

test('two people of one name on two machines read each their own mail', async () => {
  const { here, there } = await makeTwo();
  for (const clone of [here, there]) await clone.git('config', 'user.name', 'Ann');
  await asPerson(here, 'claim', 'a.ts');
  await asPerson(there, 'claim', 'b.ts', '--offline');
  await sync(there);
  await there.run('ada', ['send', 'ann', 'for the first']);
  await there.run('ada', ['send', 'ann-2', 'for the second']);
  expect(await asPerson(there, 'peek')).toContain('for the second');
  expect(await asPerson(there, 'peek')).not.toContain('for the first');
  expect(await asPerson(there, 'release', 'b.ts')).toContain('Released b.ts.');
});

/** The words of the answer, of a command by nobody who was named. */
async function asPerson({ dir, env }: Clone, ...words: readonly string[]): Promise<string> {
  const options = { cwd: dir, env: { ...process.env, ...env, CLAUDE_CODE_SESSION_ID: '', INTERCOM_AGENT: '' } };
  const { stdout } = await promisify(execFile)(process.execPath, [bin, ...words], options);
  return stdout;
}
