/** Who runs the tests, and running as somebody else: root may write everywhere and owns what it makes. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tooling/sources.ts';

export const isRoot = process.geteuid?.() === 0;

/** A user without rights of any kind, by number: it needs no entry in the list of users. */
export const stranger = 65534;

export function canBecomeStranger(): boolean {
  const asStranger = ['--reuid', `${stranger}`, '--regid', `${stranger}`, '--clear-groups'];
  const tried = spawnSync('setpriv', [...asStranger, process.execPath, `${root}dist/bin.cjs`, '--version']);
  return isRoot && tried.status === 0;
}

/** The real command as a user who owns nothing. */
export function commandAsStranger(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const asStranger = ['--reuid', `${stranger}`, '--regid', `${stranger}`, '--clear-groups'];
  const { status, stdout, stderr } = spawnSync(
    'setpriv',
    [...asStranger, process.execPath, `${root}dist/bin.cjs`, ...args],
    { cwd, encoding: 'utf8', env: { ...process.env, INTERCOM_AGENT: 'owl', ...env } },
  );
  return { code: status, out: stdout.trimEnd(), err: stderr.trimEnd() };
}

/** The folder and all below it; for a folder of the test alone. */
export function giveTo(dir: string, uid: number): void {
  for (const path of [dir, ...readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name))]) {
    chownSync(path, uid, uid);
  }
}

/** So that somebody else can come to it at all; a temporary folder is its owner's alone. */
export function openToAll(...dirs: readonly string[]): void {
  for (const dir of dirs) chmodSync(dir, 0o755);
}
