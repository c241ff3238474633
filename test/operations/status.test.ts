import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openIntercom } from '../../src/index.ts';

test('status tells what one holds, whether something is said with it or not, and nothing of others', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'intercom-status-'));
  execFileSync('git', ['init', '--quiet', dir]);
  const ada = await openIntercom({ dir, agent: 'ada' });
  const fox = await openIntercom({ dir, agent: 'bold-fox' });
  try {
    const granted = await ada.claim({ paths: ['a.ts'], why: 'split' });
    const claims = [granted.status === 'done' && granted.value.claim];
    expect(await ada.status({ activity: 'splitting' })).toMatchObject({ value: { agent: { claims } } });
    expect(await ada.status()).toMatchObject({ value: { agent: { claims, activity: 'splitting' } } });
    expect(await fox.status({ activity: 'reading' })).toMatchObject({ value: { agent: { claims: [] } } });
  } finally {
    await ada.close();
    await fox.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
