/** Objects of the branch that are missing or torn. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  claim,
  command,
  coordinated,
  doctor,
  expectOneClearSentence,
  expectSound,
  gc,
  held,
  open,
} from './coordination.ts';
import { git } from './sandbox.ts';

test('objects that a cleaner took are written again by whoever reads, while they are still in flight', async () => {
  const { dir, tip } = await coordinated();
  const blobs = git(dir, 'ls-tree', '-r', 'intercom', '.intercom/claims/')
    .split('\n')
    .map((line) => line.split(/\s/)[2] as string);
  for (const oid of [tip, git(dir, 'rev-parse', 'intercom^{tree}'), ...blobs]) {
    rmSync(join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  }
  expect(await held(await open(dir))).toEqual(['a.ts', 'b.ts']);
  expectSound(dir, ['a.ts', 'b.ts']);
});

test.each(['missing', 'torn'])('a claim whose content is %s holds everything until it is set aside', async (how) => {
  const { dir } = await coordinated();
  const row = git(dir, 'ls-tree', '-r', 'intercom', '.intercom/claims/').split('\n')[0] as string;
  const [, , oid = '', path = ''] = row.split(/\s/);
  const file = join(dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
  const bytes = readFileSync(file);
  rmSync(file);
  if (how === 'torn') writeFileSync(file, bytes.subarray(0, 20));
  rmSync(join(dir, '.git/intercom'), { recursive: true });
  const cat = await open(dir, 'cat');
  expect(await held(cat)).toHaveLength(1);
  expect((await cat.claim({ paths: ['x.ts'] })).status).toBe('refused');
  const record = path.replace('.intercom/', '').replace('.yaml', '');
  expect(doctor(dir).findings.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(
      new RegExp(`^The record ${record} cannot be read: the repository lacks its content, ${oid}\\.`),
    ),
  );
  doctor(dir, '--fix');
  await claim(cat, 'x.ts');
  expect(await held(cat)).toHaveLength(2);
});

test('a torn pack is damage that is named, and stops only what lies in it', async () => {
  const { dir } = await coordinated();
  gc(dir);
  await claim(await open(dir), 'c.ts');
  const tip = git(dir, 'rev-parse', 'intercom');
  const packs = join(dir, '.git/objects/pack');
  const name = readdirSync(packs).find((each) => each.endsWith('.pack')) as string;
  const bytes = readFileSync(join(packs, name));
  bytes.fill(0x55, 12, bytes.length - 20);
  rmSync(join(packs, name));
  writeFileSync(join(packs, name), bytes);
  rmSync(join(dir, '.git/intercom'), { recursive: true });
  const cat = await open(dir, 'cat');
  expect(await held(cat)).toEqual(['c.ts']);
  await expect(cat.who()).rejects.toMatchObject({ code: 'damaged' });
  expectOneClearSentence(command(dir, ['claim', 'd.ts']), /The repository lacks the object [0-9a-f]{40} of/);
  expect(doctor(dir, '--fix')).toMatchObject({
    mended: [],
    findings: expect.arrayContaining([expect.objectContaining({ level: 'error' })]),
  });
  expect(git(dir, 'rev-parse', 'intercom')).toBe(tip);
});
