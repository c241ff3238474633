/** Real processes in clones of one repository want the same path at the same moment: exactly one gets it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWorker } from '../processes/worker.ts';
import { beginTeam, makeClone, makeFolder, startOr } from './clones.ts';
import { git } from './git.ts';
import { startDisk } from './servers/disk.ts';

/** The acceptance's numbers, for minutes instead of seconds: `LONG_TESTS=1`. */
const isLong = (process.env.LONG_TESTS ?? '') !== '';

test.each([
  [2, isLong ? 100 : 10, 'on machines of their own'],
  [8, isLong ? 20 : 2, 'on machines of their own'],
  [8, isLong ? 20 : 2, 'taking turns on one machine'],
])('%i clones, %i rounds, %s', { timeout: 1_200_000 }, async (clones, rounds, where) => {
  const server = await startOr(() => {
    throw new Error('a disk is always there');
  }, startDisk);
  await beginTeam(server);
  const cache = where === 'taking turns on one machine' ? { cache: join(makeFolder(), 'cache') } : {};
  const made = await Promise.all(Array.from({ length: clones }, () => makeClone(server, cache)));
  const dirs = made.map(({ dir }) => dir);
  const workers = await Promise.all(
    made.map(({ dir, env: { XDG_CACHE_HOME } }, n) => startWorker(dir, `agent-${n}`, { env: { XDG_CACHE_HOME } })),
  );
  const winners: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const input = { paths: [`src/${round}.ts`], why: `round ${round}` };
    const answers = await Promise.all(workers.map((worker) => worker.ask('claim', input)));
    const [won, ...others] = answers.filter(({ status }) => status === 'done');
    expect(others).toEqual([]);
    expect(won?.value.claim).toMatchObject({ state: 'confirmed', token: expect.any(String) });
    const lost = answers.filter(({ status }) => status === 'refused');
    expect(lost).toHaveLength(clones - 1);
    for (const { refusal } of lost) {
      expect(refusal).toMatchObject({ code: 'claim-conflict', data: { rivals: [{ id: won?.value.claim.id }] } });
    }
    winners.push(won?.value.claim.id);
  }
  for (const worker of workers) await worker.ask('sync', {});
  await Promise.all(workers.map((worker) => worker.end()));

  const list = ['ls-tree', '-r', '--name-only', 'intercom', '--', '.intercom/claims/'];
  for (const dir of [server.bare, ...dirs]) {
    const ids = (await git({}, '-C', dir, ...list)).split('\n').map((file) => file.replace(/^.*\/(.*)\.yaml$/, '$1'));
    expect(ids.sort()).toEqual([...winners].sort());
  }
  const parents = (await git({}, '-C', server.bare, 'log', '--format=%p', 'intercom')).split('\n');
  expect(parents.filter((each) => each.includes(' '))).toEqual([]);
});
