/**
 * Taking away a hub in the user's data folder along with the last repository of this machine that was set up for it, and
 * only if nothing is lost by it: a hub keeps what another clone brought and this one never fetched.
 */
import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RepositoryRecord } from '../setup/journal.ts';
import { askGit } from '../store/git/hook-git.ts';
import { gitEnvironment } from '../store/git/run.ts';

interface Removed {
  readonly gone: readonly string[];
  readonly kept: readonly { readonly what: string; readonly next: string }[];
}

const nothing: Removed = { gone: [], kept: [] };

export function removeHub(
  { hub, commonDir }: RepositoryRecord,
  others: readonly RepositoryRecord[],
  { isRehearsal, env }: { readonly isRehearsal: boolean; readonly env: NodeJS.ProcessEnv },
): Removed {
  if (hub === undefined || !existsSync(hub)) return nothing;
  if (others.some((other) => other.hub === hub && existsSync(other.commonDir))) return nothing;
  if (!isAllHere(hub, commonDir, env)) {
    const what = `The hub ${hub} stays: it holds records that are not in this clone.`;
    return { gone: [], kept: [{ what, next: `Run git intercom sync before, or delete it: rm -r ${hub}` }] };
  }
  if (!isRehearsal) {
    rmSync(hub, { recursive: true, force: true });
    try {
      rmdirSync(dirname(hub));
    } catch {
      // There are other hubs in it.
    }
  }
  return { gone: [hub], kept: [] };
}

/** Every commit that the hub names is in a branch of the clone. What cannot be told counts as not. */
function isAllHere(hub: string, commonDir: string, env: NodeJS.ProcessEnv): boolean {
  const place = { cwd: commonDir, env: gitEnvironment(env) };
  try {
    const refs = askGit({ ...place, cwd: hub }, ['--git-dir', hub, 'for-each-ref', '--format=%(objectname)']) ?? '';
    const oids = refs.split('\n').filter((oid) => oid !== '');
    if (oids.length === 0) return true;
    const missing = ['--git-dir', commonDir, 'rev-list', '--max-count=1', ...oids, '--not', '--branches'];
    return askGit(place, missing)?.trim() === '';
  } catch {
    return false;
  }
}
