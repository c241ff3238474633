/** A file of the work tree as text, with the commit that it stands on, for those who show it to others. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PinnedFile } from '../work-trees.ts';
import type { Repository } from './locate.ts';
import { runGit } from './run.ts';

/** Lines of a log may be attached; nobody means to have a disk image read. */
const readBytesMax = 16 * 1024 * 1024;
const timeoutMs = 10_000;
/** How far git itself looks for a NUL before it takes a file for text (xdiff-interface.c, buffer_is_binary). */
const binaryLookBytes = 8000;

type Place = Pick<Repository, 'workTree'>;

/**
 * Links are followed inside the work tree alone: what lies elsewhere was not meant to be shared. `changed` when the
 * commit has the file otherwise, or not at all.
 */
export async function pinnedFile({ workTree }: Place, path: string): Promise<PinnedFile | { readonly flaw: string }> {
  if (workTree === null) return { flaw: 'there is no work tree here' };
  const read = readInside(workTree, path);
  if ('flaw' in read) return read;
  const git = async (...args: string[]) => runGit(args, { cwd: workTree, timeoutMs });
  const head = await git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (head.code !== 0) return { text: read.text, changed: true };
  const known = await git('rev-parse', '--verify', '--quiet', `HEAD:${path}`);
  const same = known.code === 0 && (await git('diff', '--quiet', 'HEAD', '--', `:(top,literal)${path}`)).code === 0;
  return { text: read.text, commit: head.stdout.toString('latin1').trim(), changed: !same };
}

function readInside(workTree: string, path: string): { readonly text: string } | { readonly flaw: string } {
  try {
    const real = realpathSync(join(workTree, path));
    const inside = relative(realpathSync(workTree), real);
    if (inside === '..' || inside.startsWith(`..${sep}`)) return { flaw: 'it leads out of the repository' };
    if (inside === '.git' || inside.startsWith(`.git${sep}`)) return { flaw: "it is one of git's own" };
    const stat = statSync(real);
    if (stat.isDirectory()) return { flaw: 'it is a folder' };
    // A pipe would be waited for.
    if (!stat.isFile()) return { flaw: 'it is no plain file' };
    if (stat.size > readBytesMax) return { flaw: `it has ${stat.size} bytes, and ${readBytesMax} is the most` };
    const bytes = readFileSync(real);
    if (bytes.subarray(0, binaryLookBytes).includes(0)) return { flaw: 'it is not text' };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (thrown) {
    const { code, name } = thrown as NodeJS.ErrnoException;
    if (name === 'TypeError') return { flaw: 'it is not UTF-8' };
    if (code === 'ENOENT' || code === 'ENOTDIR') return { flaw: 'there is no such file' };
    if (code === 'EISDIR') return { flaw: 'it is a folder' };
    if (code === undefined) throw thrown;
    return { flaw: `it cannot be read (${code})` };
  }
}
