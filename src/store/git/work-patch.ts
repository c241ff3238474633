/** Changes as a patch that the real `git apply` takes, whatever the user's configuration makes of a diff. */
import { isUtf8 } from 'node:buffer';
import type { WorkPatch } from '../work-trees.ts';
import type { Repository } from './locate.ts';
import { withNewFiles } from './new-files-index.ts';
import { type GitAnswer, runGit } from './run.ts';

const timeoutMs = 10_000;
/** Far above what may be attached; the bound is told by whoever knows what the patch is for. */
const outputBytesMax = 4 * 1024 * 1024;

/** Plain prefixes, whole object ids, binary files as text; nothing that colours, converts or cuts (git-diff(1)). */
const plainly = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--src-prefix=a/', '--dst-prefix=b/'],
  ...['--binary', '--full-index', '--unified=3', '--submodule=short', '--ignore-submodules=dirty'],
];

/**
 * Of a range such as `main..HEAD`, else of the work tree against HEAD, all of it or below a path: also files that git does
 * not know yet, unless it ignores them.
 */
export async function workPatch(
  { workTree }: Pick<Repository, 'workTree'>,
  what: string,
): Promise<WorkPatch | { readonly flaw: string }> {
  if (workTree === null) return { flaw: 'there is no work tree here' };
  const bounds = { cwd: workTree, timeoutMs, maxOutputBytes: outputBytesMax };
  const git = (...args: string[]) => runGit(args, bounds);
  const range = /^([^.].*?|)(\.{2,3})(.*)$/.exec(what);
  const isRange = range !== null && !what.startsWith('../') && !what.includes('/../');
  const base = isRange ? await baseOf(range, git) : commitIn(await git('rev-parse', '-q', '--verify', 'HEAD^{commit}'));
  if (base === undefined) return { flaw: isRange ? `git knows no range ${what}` : 'there is no commit yet' };
  const pathspec = what === '' ? [] : [`:(top,literal)${what}`];
  const { code, stdout, stderr } = isRange
    ? await git('diff', ...plainly, what, '--')
    : await withNewFiles(
        (args, more) => runGit(args, { ...bounds, ...more }),
        workTree,
        pathspec,
        (environment) => runGit(['diff', ...plainly, 'HEAD', '--', ...pathspec], { ...bounds, environment }),
      );
  if (code !== 0) return { flaw: stderr.trim().split('\n')[0] ?? `git diff ended with ${code}` };
  if (stdout.length === 0) return { flaw: 'nothing differs' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdout), commit: base };
  } catch {
    return { flaw: `${notUtf8In(stdout)} is not UTF-8` };
  }
}

/** The first file of the patch that no text can have. */
function notUtf8In(patch: Buffer): string {
  const [, ...files] = patch.toString('latin1').split(/^diff --git /m);
  const one = files.find((file) => !isUtf8(Buffer.from(file, 'latin1'))) ?? '';
  const [, path = 'one of the files'] = /^"?a\/(.*?)"? "?b\//.exec(one) ?? [];
  return path;
}

/** What the patch applies to: of three dots where the two parted (gitrevisions(7)). */
async function baseOf(
  [, from = '', dots = '', to = '']: RegExpExecArray,
  git: (...args: string[]) => Promise<GitAnswer>,
): Promise<string | undefined> {
  const ends = [from || 'HEAD', to || 'HEAD'];
  // It would be an option.
  if (ends.some((end) => end.startsWith('-'))) return undefined;
  const commits: string[] = [];
  for (const end of ends) {
    const commit = commitIn(await git('rev-parse', '-q', '--verify', `${end}^{commit}`));
    if (commit === undefined) return undefined;
    commits.push(commit);
  }
  return dots === '..' ? commits[0] : commitIn(await git('merge-base', ...commits));
}

function commitIn({ code, stdout }: GitAnswer): string | undefined {
  return code === 0 ? stdout.toString('latin1').trim().split('\n')[0] : undefined;
}
