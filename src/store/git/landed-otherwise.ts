/**
 * Whether a commit's work is in another branch in another form than the commit itself, as after a squash merge, a rebase
 * merge, or a cherry-pick of all of it. Asked of the real git, the cheap forms first; nothing is written. Where no commit
 * there touches these files, nothing more is asked.
 *
 * The files look the same there; or a merge would change nothing (git-merge-tree(1), since git 2.38), which also holds
 * when the branch went on in the same files; or commits there have the same changes (git-patch-id(1)), which also holds
 * when the work was changed again or reverted there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectEnvironment } from './alternates.ts';
import { type AskGit, askGit } from './ask-git.ts';
import type { Repository } from './locate.ts';

/** Of each branch since they parted, on these files: a squash merge is among the latest. */
const commitsLookedAt = 100;
/** More are not named one by one: they would not fit on a command line. */
const filesNamedMax = 1_000;

const patchOptions = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--full-index'];

interface Parted {
  /** The commit whose work it is. */
  readonly tip: string;
  /** Where it may have come to. */
  readonly base: string;
  /** The latest commit that both have. */
  readonly start: string;
  readonly files: readonly string[];
}

/**
 * `nothing`: the commit has the same content on the paths as where it parted from the base. `unknown`: the two have no
 * common commit here, or git fails. `pathspecs` limit what counts; none is everything.
 */
export async function landedOtherwise(
  { tip, base, pathspecs }: { readonly tip: string; readonly base: string; readonly pathspecs: readonly string[] },
  repository: Repository,
): Promise<'landed' | 'missing' | 'nothing' | 'unknown'> {
  const git = askGit(repository);
  const start = await git(['merge-base', base, tip]);
  if (start === undefined) return 'unknown';
  const names = await git(['diff', '--name-only', '-z', '--no-renames', start, tip, '--', ...pathspecs]);
  if (names === undefined) return 'unknown';
  const changed = names.split('\0').filter((name) => name !== '');
  if (changed.length === 0) return 'nothing';
  const literal = changed.map((file) => `:(top,literal)${file}`);
  const parted = { tip, base, start, files: literal.length > filesNamedMax ? pathspecs : literal };
  if ((await git(['rev-list', '--max-count=1', `${start}..${base}`, '--', ...parted.files])) === '') return 'missing';
  const forms = [looksTheSame, isMergedAlready, isSquashed, isRebased];
  for (const has of forms) if (await has(parted, git, repository)) return 'landed';
  return 'missing';
}

async function looksTheSame({ tip, base, files }: Parted, git: AskGit): Promise<boolean> {
  return (await git(['diff', '--quiet', '--no-ext-diff', base, tip, '--', ...files])) !== undefined;
}

/** What git merges is written to a folder that goes at once: of the repository nothing is changed. */
async function isMergedAlready({ tip, base, files }: Parted, git: AskGit, repository: Repository): Promise<boolean> {
  const objectsDir = mkdtempSync(join(tmpdir(), 'git-intercom-merge-'));
  try {
    const alternates = [repository.objectsDir, ...repository.alternates];
    const apart = { environment: objectEnvironment({ objectsDir, alternates }) };
    const merged = await git(['merge-tree', '--write-tree', '--no-messages', base, tip], apart);
    if (merged === undefined) return false;
    return (await git(['diff', '--quiet', '--no-ext-diff', base, merged, '--', ...files], apart)) !== undefined;
  } finally {
    rmSync(objectsDir, { recursive: true, force: true });
  }
}

async function isSquashed({ tip, base, start, files }: Parted, git: AskGit): Promise<boolean> {
  const landed = await patchIdsOf(`${start}..${base}`, files, git);
  if (landed.length === 0) return false;
  const [wanted] = await patchIds(await git(['diff', ...patchOptions, start, tip, '--', ...files]), git);
  return wanted !== undefined && landed.includes(wanted);
}

async function isRebased({ tip, base, start, files }: Parted, git: AskGit): Promise<boolean> {
  const wanted = await patchIdsOf(`${start}..${tip}`, files, git);
  if (wanted.length === 0 || wanted.length === commitsLookedAt) return false;
  const landed = new Set(await patchIdsOf(`${start}..${base}`, files, git));
  return wanted.every((id) => landed.has(id));
}

async function patchIdsOf(range: string, files: readonly string[], git: AskGit): Promise<string[]> {
  const log = ['log', '--patch', '-m', '--first-parent', `--max-count=${commitsLookedAt}`, '--no-show-signature'];
  return patchIds(await git([...log, ...patchOptions, range, '--', ...files]), git);
}

async function patchIds(patch: string | undefined, git: AskGit): Promise<string[]> {
  if (patch === undefined || patch === '') return [];
  const listed = await git(['patch-id', '--stable'], { input: `${patch}\n` });
  return (listed ?? '').split('\n').flatMap((line) => line.split(' ', 1)[0] || []);
}
