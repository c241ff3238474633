import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIntercom } from '../../../src/index.ts';
import { Inflight } from '../../../src/store/git/inflight.ts';
import { removeFolder } from '../../remove-folder.ts';
import { run } from '../../tooling/run.ts';
import { root } from '../../tooling/sources.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'intercom-inflight-'));
});
afterEach(() => removeFolder(dir));

test('what was written since the look stays in flight', () => {
  mkdirSync(join(dir, 'inflight'));
  for (const name of ['1', '2']) writeFileSync(join(dir, 'inflight', name), 'whole');
  const inflight = new Inflight(dir, dir);
  const look = inflight.look();
  appendFileSync(join(dir, 'inflight', '2'), 'more');
  writeFileSync(join(dir, 'inflight', '3'), 'new');
  inflight.forget(look);
  expect(readdirSync(join(dir, 'inflight')).sort()).toEqual(['2', '3']);
});

test('one writer at a time makes sure of what is in flight, and the others go on', async () => {
  mkdirSync(join(dir, 'inflight'));
  writeFileSync(join(dir, 'inflight', '1'), '');
  let finish = () => {};
  const looked: string[] = [];
  const sweeps = new Inflight(dir, dir).sweep(async () => {
    looked.push('first');
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  await new Inflight(dir, dir).sweep(async () => void looked.push('second'));
  expect(looked).toEqual(['first']);
  finish();
  await sweeps;
  expect(readdirSync(join(dir, 'inflight'))).toEqual([]);
  expect(existsSync(join(dir, 'sweep.lock'))).toBe(false);
});

test.each([
  ['old', '1'],
  ['of just now', String(Math.floor(Date.now() / 10_000) - 2)],
])('what is %s and was packed while somebody makes sure of it is gone, and nobody minds', async (_, name) => {
  mkdirSync(join(dir, 'inflight'));
  writeFileSync(join(dir, 'inflight', name), '');
  const packing = new Inflight(dir, dir);
  await new Inflight(dir, dir).sweep(async () => packing.forget(packing.look()));
  expect(readdirSync(join(dir, 'inflight'))).toEqual([]);
});

test('after gc nothing is in flight, and every commit is whole', async () => {
  await run('git', ['init', '--quiet', dir]);
  const intercom = await openIntercom({ dir, agent: 'bold-fox' });
  for (const path of ['a.ts', 'b.ts']) expect((await intercom.claim({ paths: [path] })).status).toBe('done');
  await intercom.close();
  const inflight = join(dir, '.git', 'intercom', 'inflight');
  expect(readdirSync(inflight)).not.toEqual([]);
  const { exitCode } = await run(process.execPath, [`${root}dist/bin.cjs`, '-C', dir, '--agent', 'bold-fox', 'gc']);
  expect(exitCode).toBe(0);
  expect(readdirSync(inflight)).toEqual([]);
  expect(await run('git', ['-C', dir, 'fsck', '--strict', '--no-dangling'])).toMatchObject({ exitCode: 0 });
});
