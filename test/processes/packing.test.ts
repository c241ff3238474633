/** Packing takes objects away only when they are in a pack that stays. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { Branch } from '../../src/store/git/branch.ts';
import { locate } from '../../src/store/git/locate-head.ts';
import { openGitStore } from '../../src/store/git/store.ts';
import { openUpkeep } from '../../src/store/git/upkeep.ts';
import { asAgent, soundness } from './aftermath.ts';
import { interleaveAtEach } from './interleave.ts';
import { commitsOf, fsck, git } from './repository.ts';
import { keptIn, templateWithMail, templateWithPacks, upkeepOf } from './templates.ts';

test('a packer that fell behind does not take away what another packed', { timeout: 300_000 }, async () => {
  const meanwhile = (dir: string) =>
    asAgent(dir, 'grace', async (grace) => {
      const answer = await grace.claim({ paths: ['meanwhile.ts'] });
      await (await upkeepOf(dir)).pack();
      return answer.status === 'done' ? [`.intercom/claims/${answer.value.claim.id}.yaml`] : ['a claim'];
    });
  // One pack is missing for the packs to be joined; whoever is halted here has not got the lock yet.
  const template = await templateWithPacks(6);
  expect(
    await interleaveAtEach({ template, words: ['gc', '--pack-only'], meanwhile, only: 'packing/holders' }),
  ).toEqual([]);
});

test('packs are joined without losing what the tip does not name', async () => {
  const dir = await templateWithMail();
  const kept = keptIn(dir);
  const repository = await locate({ cwd: dir, env: process.env });
  const policy = { ...defaultPolicy, branch: 'another' };
  await (await upkeepOf(dir)).pack();
  const store = openGitStore(new Branch({ repository, policy, clock: Date.now, newId: () => 'x', host: 'here' }));
  const another = openUpkeep(repository, policy, Date.now);
  for (let n = 0; n < 10; n++) {
    await store.transact(() => ({
      ok: true,
      result: n,
      edits: [
        {
          path: 'fence',
          record: { v: 1, id: 'fence', kind: 'fence', agent: 'ada', at: '2026-01-01T00:00:00Z', epoch: 1, counter: n },
        },
      ],
      agent: 'ada',
      uid: 'u',
      headline: { op: 'test', subject: `${n}`, ids: [] },
    }));
    await another.pack();
  }
  await store.close();
  await asAgent(dir, 'ada', (ada) => ada.claim({ paths: ['next.ts'] }));
  const packs = readdirSync(join(dir, '.git/objects/pack')).filter((name) => name.endsWith('.pack'));
  expect(packs.length).toBeLessThan(8);
  expect(fsck(dir)).toEqual([]);
  expect(await soundness(dir, kept)).toEqual([]);
  expect(commitsOf(dir, 'refs/heads/another')).toHaveLength(11);
});

test('what was packed is loose no more, and git gc leaves the packs alone', async () => {
  const dir = await templateWithPacks(9);
  const kept = keptIn(dir);
  const report = await (await upkeepOf(dir)).pack();
  expect(report).toMatchObject({ skipped: undefined });
  git(dir, 'gc', '--quiet', '--prune=now', '--aggressive');
  expect(readdirSync(join(dir, '.git/objects/pack')).filter((name) => name.endsWith('.keep')).length).toBeGreaterThan(
    0,
  );
  expect(await soundness(dir, kept)).toEqual([]);
  expect(await (await upkeepOf(dir)).pack()).toMatchObject({ skipped: 'everything is packed' });
});
