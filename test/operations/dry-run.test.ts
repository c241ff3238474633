import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openIntercom } from '../../src/index.ts';
import { removeFolder } from '../remove-folder.ts';

test('a rehearsed claim that would wait is refused with its rivals, and nobody stands in line', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-rehearse-'));
  execFileSync('git', ['init', '--quiet', dir]);
  const ada = await openIntercom({ dir, agent: 'ada' });
  const fox = await openIntercom({ dir, agent: 'bold-fox' });
  try {
    await ada.claim({ paths: ['a.ts'] });
    const answer = await fox.claim({ paths: ['a.ts'], waitSeconds: 60, dryRun: true });
    expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'claim-conflict' } });
    expect(await fox.claims({})).toMatchObject({ value: { waiting: [] } });
  } finally {
    await ada.close();
    await fox.close();
    removeFolder(dir);
  }
});
