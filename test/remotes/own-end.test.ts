/** For its own holder a claim ends when the remote has it end, less what clocks may differ: nobody else knows of a longer lease. */
import { renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { beginTeam, makeClone, startOr } from './clones.ts';
import { startDisk } from './servers/disk.ts';

/** Nothing is brought in the background there: it would live with a clock that stands still. */
const after = (minutes: number) => ({
  env: { INTERCOM_TEST_CLOCK: new Date(begun + minutes * 60_000).toISOString(), INTERCOM_TEST_ALONE: '1' },
});
const begun = Date.now();

async function makeOne() {
  const server = await startOr((reason) => {
    throw new Error(reason);
  }, startDisk);
  await beginTeam(server);
  const here = await makeClone(server);
  const verdict = async (minutes: number, ...more: readonly string[]) => {
    const { json } = await here.run('bold-fox', ['check-edit', 'src/a.ts', ...more], after(minutes));
    return json.verdict;
  };
  return { server, here, verdict };
}

test('a lease that was renewed while the remote was away ends when the remote has it end', async () => {
  const { server, here, verdict } = await makeOne();
  expect(await here.run('bold-fox', ['claim', 'src/**'], after(0))).toMatchObject({
    json: { claim: { state: 'confirmed' } },
  });
  expect([await verdict(1), await verdict(27), await verdict(29)]).toEqual(['ours', 'ours', 'free']);
  renameSync(server.bare, `${server.bare}~`);
  const renewed = await here.run('bold-fox', ['renew'], after(20));
  expect(Date.parse(renewed.json.claims[0].expires)).toBeGreaterThan(begun + 49 * 60_000);
  // By the projection, and by the branch itself.
  expect([await verdict(27), await verdict(27, '--offline')]).toEqual(['ours', 'ours']);
  expect([await verdict(29), await verdict(29, '--offline')]).toEqual(['free', 'free']);
  renameSync(`${server.bare}~`, server.bare);
  await here.run('keeper', ['sync'], after(29));
  expect([await verdict(29), await verdict(47), await verdict(49)]).toEqual(['ours', 'ours', 'free']);
});

test('what the remote has never heard of is held as it was claimed', async () => {
  const { here, verdict } = await makeOne();
  await here.run('bold-fox', ['claim', 'src/**', '--offline'], after(0));
  expect([await verdict(29), await verdict(31)]).toEqual(['ours', 'free']);
});
