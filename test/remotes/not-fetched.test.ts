/** A clone of one branch of the code: its policy names a remote, and the coordination there was never fetched. */
import { expect, test } from 'vitest';
import { makeClone } from './clones.ts';
import { alone, held, makeTwo, sync } from './two.ts';

async function makeFresh() {
  const { server, here } = await makeTwo();
  await here.run('bold-fox', ['claim', 'src/**']);
  return { server, fresh: alone(await makeClone(server, { options: ['--single-branch'] })) };
}

const note = /has not been fetched yet, and is not in this answer\. Run git intercom sync\./;

test('reading commands say that what is at the remote is not in their answer, until it was fetched', async () => {
  const { fresh } = await makeFresh();
  const commands = ['check-edit src/a.ts', 'claims', 'who', 'who src/a.ts', 'peek', 'log'];
  const noted = async () => {
    const ran = await Promise.all(commands.map((words) => fresh.run('calm-owl', words.split(' '))));
    return commands.filter((_, n) => note.test(ran[n]?.stderr ?? ''));
  };
  expect(await noted()).toEqual(commands);
  await sync(fresh);
  expect(await noted()).toEqual([]);
});

test('a branch that was begun here without the remote does not stand for what is there', async () => {
  const { server, fresh } = await makeFresh();
  const mend = await server.cut();
  expect(await fresh.run('calm-owl', ['start'])).toMatchObject({ exitCode: 0, json: { claims: [] } });
  await mend();
  const { json, stderr } = await fresh.run('calm-owl', ['check-edit', 'src/a.ts']);
  expect(json).toMatchObject({ verdict: 'free' });
  expect(stderr).toMatch(note);
});

test('start shows what is claimed at the remote, and begins no branch of its own before it asked there', async () => {
  const { fresh } = await makeFresh();
  expect(await fresh.run('calm-owl', ['start'])).toMatchObject({
    stderr: '',
    json: { claims: [{ agent: 'bold-fox', paths: ['src/**'], state: 'confirmed' }] },
  });
  expect(await held(fresh)).toEqual(['bold-fox src/** confirmed']);
});

test('start says where the remote cannot be asked, and opens the branch all the same', async () => {
  const { server, fresh } = await makeFresh();
  await server.cut();
  const { exitCode, stderr } = await fresh.run('calm-owl', ['start']);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^note: {2}.*remote/);
});

test('doctor finds what was never fetched', async () => {
  const { fresh } = await makeFresh();
  const { exitCode, json } = await fresh.run('calm-owl', ['doctor']);
  expect(exitCode).toBe(1);
  expect(json.findings).toContainEqual({
    level: 'warning',
    what: 'Coordination is open at the remote origin, and its branch has not been fetched yet: nothing of it is seen here.',
    next: 'Run git intercom sync.',
  });
});

test('where the remote has no branch yet, nothing is noted once that is known', async () => {
  const { here } = await makeTwo();
  const first = alone(here);
  expect((await first.run('calm-owl', ['claims'])).stderr).toMatch(note);
  expect(await first.run('calm-owl', ['sync'])).toMatchObject({ exitCode: 0 });
  expect(await first.run('calm-owl', ['claims'])).toMatchObject({ stderr: '' });
  expect((await first.run('calm-owl', ['doctor'])).json).toMatchObject({ ok: true });
});
