/** A repository that keeps its refs as reftable: by the real git, where it is new enough. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Intercom, openIntercom } from '../../../src/index.ts';
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

test('a lock that another git left is named, and waited for no longer than git does', async (ctx) => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-reftable-'));
  onTestFinished(() => removeFolder(dir));
  const made = spawnSync('git', ['init', '--quiet', '--ref-format=reftable', dir]);
  if (made.status !== 0) return ctx.skip('git 2.45 is the first to know reftable');
  const ada = await openIntercom({ dir, agent: 'ada', lifetime: 'none' });
  onTestFinished(() => ada.close());
  await ada.claim({ paths: ['a.ts'] });
  const lock = join(dir, '.git/reftable/tables.list.lock');
  writeFileSync(lock, '');
  await expect(ada.claim({ paths: ['b.ts'] })).rejects.toMatchObject({
    code: 'ref-locked',
    message: expect.stringMatching(/^Another git holds .*: .*tables\.list\.lock has been there for \d+s\./),
  });
  rmSync(lock);
  expect(await ada.claim({ paths: ['b.ts'] })).toMatchObject({ status: 'done' });
});

/** A watch tells what comes after it has begun, and nobody tells when that is. */
async function untilHeard(notice: Promise<unknown>, by: Intercom): Promise<void> {
  let isHeard = false;
  void notice.then(() => {
    isHeard = true;
  });
  for (let n = 0; !isHeard; n++) await by.claim({ paths: [`begun-${n}.ts`] });
  await by.close();
}

test.for([['files', 'reftable'] as const, ['reftable', 'files'] as const])(
  'a process that goes on follows its repository when git migrates it from %s to %s',
  async ([before, after], ctx) => {
    const dir = mkdtempSync(join(tmpdir(), 'intercom-migrated-'));
    onTestFinished(() => removeFolder(dir));
    const made = spawnSync('git', ['init', '--quiet', `--ref-format=${before}`, '--initial-branch=trunk', dir]);
    if (made.status !== 0) return ctx.skip('git 2.45 is the first to know reftable');
    const ada = await openIntercom({ dir, agent: 'ada', uid: 'uid-ada', lifetime: 'none' });
    await ada.claim({ paths: ['a.ts'] });
    const notices = ada.watch()[Symbol.asyncIterator]();
    await untilHeard(notices.next(), await openIntercom({ dir, agent: 'cy', uid: 'uid-cy', lifetime: 'none' }));
    const migrated = spawnSync('git', ['-C', dir, 'refs', 'migrate', `--ref-format=${after}`]);
    if (migrated.status !== 0) return ctx.skip('git 2.46 is the first to migrate refs');
    const bob = await openIntercom({ dir, agent: 'bob', uid: 'uid-bob', lifetime: 'none' });
    await bob.send({ to: ['ada'], text: 'hello' });
    // The other way round git puts a folder where a file was watched, and the slow look finds it.
    for (let by = 'cy'; after === 'reftable' && by !== 'bob'; ) by = (await notices.next()).value.agent;
    expect(await ada.peek({})).toMatchObject({ value: { unread: 1 } });
    expect(await ada.claim({ paths: ['b.ts'] })).toMatchObject({ status: 'done' });
    expect(await bob.claim({ paths: ['b.ts'] })).toMatchObject({ refusal: { code: 'claim-conflict' } });
    for (const each of [ada, bob]) await each.close();
    execFileSync('git', ['-C', dir, 'fsck', '--strict']);
  },
);
