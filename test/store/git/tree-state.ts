/** Everything in a repository that is not ours: each file with what it holds and when it was written. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Of the work tree and of `.git`, but for what coordination may write: `intercom/`, objects, and the loose ref of its
 * branch (which makes `refs/heads` newer, too).
 */
export function stateOf(dir: string): Record<string, string> {
  const state: Record<string, string> = {};
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const path = relative(dir, join(dir, name)).split(sep).join('/');
    if (/(^|\/)\.git\/(intercom|objects)(\/|$)/.test(path) || /(^|\/)\.git\/refs\/heads\/intercom$/.test(path))
      continue;
    state[path] = /(^|\/)\.git(\/refs\/heads)?$/.test(path)
      ? 'a folder that may get an entry'
      : describe(join(dir, name));
  }
  return state;
}

function describe(path: string): string {
  const stat = lstatSync(path, { bigint: true });
  const content = stat.isFile()
    ? createHash('sha256').update(readFileSync(path)).digest('hex')
    : stat.isSymbolicLink()
      ? readlinkSync(path)
      : '';
  return `${stat.mode.toString(8)} ${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs} ${content}`;
}
