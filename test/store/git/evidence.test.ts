import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import type { ClaimRecord } from '../../../src/domain/record/record.ts';
import { gatherEvidence } from '../../../src/store/git/evidence.ts';
import type { Snapshot } from '../../../src/store/git/snapshot.ts';
import { processIdentity } from '../../../src/store/local/process.ts';
import { put, repository } from './sandbox.ts';

/** Of a claim whose holder's process is gone: whether its paths have changes. */
async function changesOn(worktree: string, paths: readonly string[]): Promise<string | undefined> {
  const gone = { ...processIdentity(process.pid), startTime: '1' };
  const snapshot = { ask: async () => ({ process: gone }) } as unknown as Snapshot;
  const claim = { id: 'one', agent: 'fox', host: hostname(), worktree, paths } as unknown as ClaimRecord;
  const found = await gatherEvidence(snapshot, [claim], { host: hostname(), ignoreCase: false });
  return found.get('one')?.changes;
}

test.runIf(processIdentity(process.pid).startTime !== null)(
  'changes are seen below what is claimed, and on each of the alternatives in braces',
  async () => {
    const dir = repository();
    put(dir, { 'src/b.ts': 'changed\n' });
    expect(await changesOn(dir, ['src'])).toBe('some');
    expect(await changesOn(dir, ['{lib,src}/b.{js,ts}'])).toBe('some');
    expect(await changesOn(dir, ['{a,c}.ts'])).toBe('none');
    expect(await changesOn(dir, ['port:5432'])).toBe('none');
  },
);
