/** A repository that keeps its refs as reftable: by the real git, where it is new enough. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openIntercom } from '../../../src/index.ts';
import { removeFolder } from '../../remove-folder.ts';

test('claims, messages and their history work, the branch is known, and eight writers at once all get through', async (ctx) => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-reftable-'));
  onTestFinished(() => removeFolder(dir));
  const made = spawnSync('git', ['init', '--quiet', '--ref-format=reftable', '--initial-branch=trunk', dir]);
  if (made.status !== 0) return ctx.skip('git 2.45 is the first to know reftable');
  const open = (agent: string) => openIntercom({ dir, agent, uid: `uid-${agent}`, lifetime: 'none' });
  const ada = await open('ada');
  expect(await ada.claim({ paths: ['a.ts'] })).toMatchObject({ value: { claim: { branch: 'trunk' } } });
  const others = await Promise.all(Array.from({ length: 8 }, (_, n) => open(`agent-${n}`)));
  await Promise.all(others.map((each, n) => each.claim({ paths: [`f${n}.ts`] })));
  expect(await others[0]?.claim({ paths: ['a.ts'] })).toMatchObject({ refusal: { code: 'claim-conflict' } });
  await others[0]?.send({ to: ['ada'], text: 'hello' });
  expect(await ada.peek({})).toMatchObject({ value: { unread: 1 } });
  execFileSync('git', ['-C', dir, 'pack-refs', '--all']);
  expect(await ada.claims({})).toMatchObject({ value: { claims: { length: 9 } } });
  for (const each of [ada, ...others]) await each.close();
  execFileSync('git', ['-C', dir, 'fsck', '--strict']);
});
