/** A repository that is deleted while a process has it open stays deleted. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../src/store/local/shared-modes.ts';
import { claim, open } from './coordination.ts';
import { folder, git, put, repository } from './sandbox.ts';

test('whatever a process that goes on does then, it makes nothing of it anew', async () => {
  const origin = join(folder(), 'origin.git');
  git(folder(), 'init', '--quiet', '--bare', origin);
  const dir = repository();
  put(dir, { '.intercom/config.yaml': 'remote: origin\n' });
  git(dir, 'remote', 'add', 'origin', origin);
  const fox = await open(dir);
  await claim(fox, 'a.ts');
  rmSync(dir, { recursive: true });
  const acts = [() => fox.sync({}), () => fox.claim({ paths: ['b.ts'] }), () => fox.who({}), () => fox.peek({})];
  for (const act of acts) await act().catch(() => {});
  expect(existsSync(dir)).toBe(false);
  await expect(fox.claim({ paths: ['b.ts'] })).rejects.toThrow(/is not there any more/);
  expect(() => makeFolder(join(dir, '.git/intercom/sync'))).toThrow('ENOENT');
});

test('folders of one that is there are made, those above them too', async () => {
  const dir = repository();
  await claim(await open(dir), 'a.ts');
  const made = join(dir, '.git/intercom/one/two');
  makeFolder(made);
  makeFolder(made);
  expect(existsSync(made)).toBe(true);
  mkdirSync(join(dirname(made), 'three'));
});
