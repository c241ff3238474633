import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSealing } from '../../src/sealing/open.ts';
import { removeFolder } from '../remove-folder.ts';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: async () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  },
}));

test('where there are no hard links a key is made once, for its user alone, and stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-keys-'));
  onTestFinished(() => removeFolder(folder));
  const { keys } = openSealing(folder);
  const made = await keys.make('u1');
  expect(await keys.make('u1')).toEqual(made);
  expect(await openSealing(folder).keys.of('u1')).toEqual([made]);
  expect(statSync(keys.fileOf('u1')).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toHaveLength(1);
});
