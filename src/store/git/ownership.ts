/**
 * git works in a repository of another user only where `safe.directory` names it (CVE-2022-24765): its configuration
 * may name programs to run. We start git with the repository named, which passes git's own look, so we look ourselves;
 * where the owner is another one, git is asked.
 */
import { lstatSync } from 'node:fs';
import { IntercomError } from '../../domain/failure.ts';
import { shellWord } from '../../domain/shell-word.ts';

/** `places` are what git looks at: the `.git` file, the work tree, the git directory. Throws where git would refuse. */
export function checkOwner(places: readonly string[], dir: string, env: NodeJS.ProcessEnv): void {
  const own = ownUids(env);
  if (own.length === 0 || places.every((place) => own.includes(ownerOf(place)))) return;
  // Loaded here and not above: guards run this file before each edit, and seldom come to this line.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const asked = spawnSync('git', ['-C', dir, 'rev-parse', '--git-dir'], {
    env: { ...env, LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: 5_000,
  });
  if (asked.status === 0 || !/dubious ownership/.test(asked.stderr ?? '')) return;
  throw new IntercomError({
    code: 'unsafe-repository',
    message: `The repository at ${dir} belongs to another user, and git does not trust it.`,
    next: `If you do, run git config --global --add safe.directory ${shellWord(dir)}`,
    data: { dir },
  });
}

/** Root under sudo may work for who called it, as git has it. Empty on systems without owners. */
function ownUids(env: NodeJS.ProcessEnv): number[] {
  const own = process.geteuid?.();
  if (own === undefined) return [];
  const caller = own === 0 ? Number.parseInt(env.SUDO_UID ?? '', 10) : Number.NaN;
  return Number.isNaN(caller) ? [own] : [own, caller];
}

function ownerOf(place: string): number {
  return lstatSync(place, { throwIfNoEntry: false })?.uid ?? -1;
}
