/** Real repositories for the tests of processes: made once, copied with their hard links, asked by the real git. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../remove-folder.ts';

const gitEnvironment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
};

export const coordinationRef = 'refs/heads/intercom';

/** Throws with what git said; trailing line feeds are cut off. */
export function git(dir: string, ...args: string[]): string {
  const options = { cwd: dir, env: gitEnvironment, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  return execFileSync('git', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

/** In memory where that can be had: hundreds of repositories are synced hundreds of times here. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder that is gone when the test is over. */
export function makeFolder(): string {
  const dir = realpathSync(mkdtempSync(join(base, 'intercom-')));
  onTestFinished(() => removeFolder(dir));
  return dir;
}

/** A repository with one commit on `main`. Background packing of git's own would only disturb. */
export function makeRepository(dir = makeFolder()): string {
  git(dir, 'init', '-q', '-b', 'main', '--template=', dir);
  git(dir, 'config', 'gc.auto', '0');
  git(dir, 'commit', '-q', '--allow-empty', '-m', 'begin');
  return dir;
}

/** As it stands on the disk, with inodes shared as they are shared. */
export function copyRepository(template: string): string {
  const dir = makeFolder();
  execFileSync('cp', ['-a', `${template}/.`, dir]);
  return dir;
}

/** What `git fsck --strict` finds; objects that nothing names any more are no finding. */
export function fsck(dir: string): string[] {
  const { status, stdout, stderr } = spawnSync('git', ['fsck', '--strict', '--no-progress'], {
    cwd: dir,
    env: gitEnvironment,
    encoding: 'utf8',
  });
  const findings = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.startsWith('dangling '));
  return status === 0 ? findings : [...findings, `git fsck ended with ${status}`];
}

export function tipOf(dir: string): string | undefined {
  const shown = spawnSync('git', ['rev-parse', '--verify', '--quiet', coordinationRef], { cwd: dir, encoding: 'utf8' });
  return shown.status === 0 ? shown.stdout.trim() : undefined;
}

/** The files of a commit of the branch, as the real git lists them. */
export function filesAt(dir: string, commit: string): string[] {
  return git(dir, 'ls-tree', '-r', '--name-only', commit).split('\n');
}

/** The commits of the branch, newest first, each with its parents and what it was for. */
export function commitsOf(dir: string, range: string = coordinationRef) {
  const format = '--format=%H|%P|%(trailers:key=Intercom-Op,valueonly,separator=)';
  const lines = git(dir, 'log', format, range).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [oid = '', parents = '', op = ''] = line.split('|');
      return { oid, parents: parents === '' ? [] : parents.split(' '), op };
    });
}
