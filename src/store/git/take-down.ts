/** Takes away what coordination left beside the branch. What was in flight is made safe before its bytes go. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { failureOf } from '../local/failure-of.ts';
import { policyFileName } from '../policy-file-name.ts';
import type { PolicyUndo } from '../port.ts';
import type { Repository } from './locate.ts';
import { runGit } from './run.ts';

export async function removePolicy(
  { workTree }: Repository,
  undo: PolicyUndo | undefined,
  how: 'write' | 'rehearse',
): Promise<string[]> {
  if (workTree === null || undo === undefined) return [];
  const file = join(workTree, policyFileName);
  if (!existsSync(file) || digestOf(file) !== undo.digest || (await isKnownToGit(workTree))) return [];
  if (how === 'rehearse') return [policyFileName];
  try {
    if (undo.before !== undefined) {
      writeFileSync(file, undo.before);
      return [policyFileName];
    }
    rmSync(file);
    rmdirSync(dirname(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw failureOf(cause, 'remove', file);
  }
  return [policyFileName];
}

export function removeLocalFolder({ commonDir, workTree }: Repository, how: 'write' | 'rehearse'): string[] {
  const dir = join(commonDir, 'intercom');
  if (!existsSync(dir)) return [];
  if (how === 'write') rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  return [workTree === null ? dir : relative(workTree, dir)];
}

/** What a clone remembers of its remote. What was not brought there stays on the branch. */
export async function removeSyncedRefs({ commonDir }: Repository, how: 'write' | 'rehearse'): Promise<string[]> {
  const listed = await runGit(['for-each-ref', '--format=%(refname)', 'refs/intercom/'], { gitDir: commonDir });
  const refs = listed.stdout.toString('utf8').split('\n').filter(Boolean);
  if (how === 'write') {
    for (const ref of refs) await runGit(['update-ref', '--no-deref', '-d', ref], { gitDir: commonDir });
    rmSync(join(commonDir, 'refs', 'intercom'), { recursive: true, force: true });
  }
  return refs;
}

/** Staged or committed: it is the team's then. */
async function isKnownToGit(workTree: string): Promise<boolean> {
  const { code } = await runGit(['ls-files', '--error-unmatch', '--', policyFileName], { cwd: workTree });
  return code !== 1;
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
