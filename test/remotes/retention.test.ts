/** What the retention took away in one clone while another went on with it. */
import { expect, test } from 'vitest';
import { beginTeam, makeClone, startOr } from './clones.ts';
import { startDisk } from './servers/disk.ts';
import { never, sync } from './two.ts';

const policy = 'remote: origin\nretention:\n  messages: 1s\n';

async function makeForgetful() {
  const server = await startOr(never, startDisk);
  await beginTeam(server, policy);
  return { here: await makeClone(server), there: await makeClone(server, { host: 'far-away' }) };
}

test('a completion that a clone brings after the retention is in the receipts of both, beside what others did', async () => {
  const { here, there } = await makeForgetful();
  await there.run('bob', ['status', 'reading']);
  await sync(there);
  await here.run('cy', ['status', 'reading']);
  await sync(here);
  const { json: sent } = await here.run('ann', ['send', 'bob,cy', 'update your tests']);
  const { id } = sent.message;
  await sync(here);
  await sync(there);
  await there.run('bob', ['ack', id]);
  await sync(there);
  await here.run('cy', ['ack', id]);
  await sync(here);
  await sync(there);
  await there.run('bob', ['--offline', 'ack', '--done', id]);
  await here.run('cy', ['--offline', 'ack', '--done', id]);
  expect((await here.run('ann', ['--offline', 'gc'])).exitCode).toBe(0);
  const { stdout: left } = await here.run('ann', ['--offline', 'receipts', id]);
  expect(JSON.parse(left)).toMatchObject({ completed: [{ agent: 'cy' }] });
  expect(await here.git('ls-tree', '-r', '--name-only', 'intercom')).not.toContain(id);
  await sync(here);
  await sync(there);
  await sync(here);
  for (const clone of [here, there]) {
    const { json } = await clone.run('ann', ['receipts', id]);
    expect(json).toMatchObject({ state: 'completed', waiting: [] });
    expect(json.completed.map(({ agent }: { agent: string }) => agent).sort()).toEqual(['bob', 'cy']);
    expect(json.acknowledged.map(({ agent }: { agent: string }) => agent).sort()).toEqual(['bob', 'cy']);
    const { json: told } = await clone.run('ann', ['thread', id]);
    expect(told.messages[0].receipts.completed).toHaveLength(2);
  }
});
