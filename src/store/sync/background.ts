/**
 * Bringing what was recorded to the remote, in a process of its own, so that no command waits for it but those that must.
 *
 * One such process at a time gathers what comes within the policy's batch time. Where a server keeps the clone in touch,
 * none is started. Both are files under `intercom/sync` that name their process; a dead one's counts for nothing, and
 * losing one makes a process too many.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/locate.ts';
import { startCommand } from '../git/start-command.ts';
import { type ProcessIdentity, processIdentity, selfProcess } from '../local/process.ts';
import { readProcessFile, writeProcessFile } from '../local/process-file.ts';

type Role = 'keeper' | 'courier';

const courierMark = 'INTERCOM_COURIER';

/**
 * Does not wait. `commandFile` is the built command. The role is given to the process that starts, so that what is recorded
 * before it has come so far starts no other.
 */
export function startCourier(repository: Repository, commandFile: string): void {
  const dir = folderOf(repository);
  if (holder(dir, 'keeper') !== undefined || holder(dir, 'courier') !== undefined) return;
  const pid = startCommand(repository, commandFile, ['sync', '--background'], { [courierMark]: '1' });
  if (pid !== undefined) writeProcessFile(join(dir, 'courier'), processIdentity(pid));
}

/** Whether this process was started to bring things. */
export function isCourier(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env[courierMark]);
}

/** Files of roles that this process has begun. */
const begun = new Set<string>();

/** Answers how to end it; undefined where another has it. One that was given to this process is begun by it. */
export function beginRole(repository: Pick<Repository, 'commonDir'>, role: Role): (() => void) | undefined {
  const dir = folderOf(repository);
  const file = join(dir, role);
  const self = selfProcess();
  const known = holder(dir, role);
  const isOurs = known?.pid === self.pid && known.startTime === self.startTime && !begun.has(file);
  if (known !== undefined && !isOurs) return undefined;
  writeProcessFile(file, self);
  begun.add(file);
  return () => {
    begun.delete(file);
    rmSync(file, { force: true });
  };
}

function holder(dir: string, role: Role): ProcessIdentity | undefined {
  const known = readProcessFile(join(dir, role));
  return known?.state === 'alive' ? known.process : undefined;
}

function folderOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'intercom', 'sync');
}
