/**
 * Bringing what was recorded to the remote, in a process of its own, so that no command waits for it but those that must.
 *
 * One such process at a time gathers what comes within the policy's batch time. Where a server keeps the clone in touch,
 * none is started. Both are files under `intercom/sync` that name their process; a dead one's counts for nothing, and
 * losing one makes a process too many.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/locate.ts';
import { startCommand } from '../git/start-command.ts';
import { type ProcessIdentity, processState, selfProcess } from '../local/process.ts';

type Role = 'keeper' | 'courier';

const courierMark = 'INTERCOM_COURIER';

/** Does not wait. `commandFile` is the built command. */
export function startCourier(repository: Repository, commandFile: string): void {
  const dir = folderOf(repository);
  if (isThere(dir, 'keeper') || isThere(dir, 'courier')) return;
  startCommand(repository, commandFile, ['sync', '--background'], { [courierMark]: '1' });
}

/** Whether this process was started to bring things. */
export function isCourier(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env[courierMark]);
}

/** Answers how to end it; undefined where another lives. */
export function beginRole(repository: Pick<Repository, 'commonDir'>, role: Role): (() => void) | undefined {
  const dir = folderOf(repository);
  if (isThere(dir, role)) return undefined;
  const file = join(dir, role);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, JSON.stringify(selfProcess()));
  } catch {
    // A process too many.
  }
  return () => rmSync(file, { force: true });
}

function isThere(dir: string, role: Role): boolean {
  try {
    const identity = JSON.parse(readFileSync(join(dir, role), 'utf8')) as ProcessIdentity;
    return processState(identity) === 'alive';
  } catch {
    return false;
  }
}

function folderOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'intercom', 'sync');
}
