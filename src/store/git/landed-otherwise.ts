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

interface Asked {
  /** The commit whose work it is. */
  readonly tip: string;
  /** Where it may have come to. */
  readonly base: string;
  /** What counts; none is everything. */
  readonly pathspecs: readonly string[];
}

interface Parted extends Asked {
  /** The latest commit that both have. */
  readonly start: string;
}

/**
 * `nothing`: the commit has the same content on the paths as where it parted from the base. `unknown`: the two have no
 * common commit here, or git fails.
 */
type Landed = 'landed' | 'missing' | 'nothing' | 'unknown';

export async function landedOtherwise(asked: Asked, repository: Repository): Promise<Landed> {
  const [state = 'unknown'] = await landedOnEach(asked, [() => true], repository);
  return state;
}

/** Of each part of the changed files by itself, in order; what can be asked about all of them is asked once. */
export async function landedOnEach(
  asked: Asked,
  parts: readonly ((file: string) => boolean)[],
  repository: Repository,
): Promise<Landed[]> {
  const { tip, base } = asked;
  const git = askGit(repository);
  const start = await git(['merge-base', base, tip]);
  const isKnown = start !== undefined;
  const range = isKnown ? [start, tip, '--', ...asked.pathspecs] : [];
  const names = isKnown ? await git(['diff', '--name-only', '-z', '--no-renames', ...range]) : undefined;
  if (start === undefined || names === undefined) return parts.map(() => 'unknown');
  const changed = namesIn(names);
  const files = parts.map((isIn) => changed.filter(isIn));
  const parted = { ...asked, start };
  const all = [...new Set(files.flat())];
  const touched = new Set(all.length === 0 ? [] : await touchedThere(parted, all, git));
  const left = new Set(touched.size === 0 ? [] : await filesNotThere(parted, all, git, repository));
  const stateByFiles = new Map<string, Landed>();
  const states: Landed[] = [];
  for (const own of files) {
    const key = own.join('\0');
    const isTouched = own.some((file) => touched.has(file));
    const state = stateByFiles.get(key) ?? (await stateOf(parted, { files: own, isTouched, left }, git));
    stateByFiles.set(key, state);
    states.push(state);
  }
  return states;
}

/** Of these files those that some commit there changes; all of them where git gives no answer. */
async function touchedThere(
  { start, base, pathspecs }: Parted,
  files: readonly string[],
  git: AskGit,
): Promise<readonly string[]> {
  const named = namedOr(pathspecs, files);
  const log = ['log', '-c', '--format=', '--name-only', '-z', '--no-renames', '--no-show-signature'];
  const names = await git([...log, `${start}..${base}`, '--', ...named]);
  return amongThem(files, names);
}

/** What is not there by its content, nor by what a merge would do. */
async function filesNotThere(
  parted: Parted,
  files: readonly string[],
  git: AskGit,
  repository: Repository,
): Promise<readonly string[]> {
  const differing = await differingFrom(parted.base, parted.tip, parted, files, git);
  return differing.length === 0 ? [] : notMerged(parted, differing, git, repository);
}

async function stateOf(
  parted: Parted,
  part: { readonly files: readonly string[]; readonly isTouched: boolean; readonly left: ReadonlySet<string> },
  git: AskGit,
): Promise<Landed> {
  if (part.files.length === 0) return 'nothing';
  if (!part.isTouched) return 'missing';
  if (!part.files.some((file) => part.left.has(file))) return 'landed';
  for (const has of [isSquashed, isRebased]) if (await has(parted, part.files, git)) return 'landed';
  return 'missing';
}

function namedOr(pathspecs: readonly string[], files: readonly string[]): readonly string[] {
  return files.length > filesNamedMax ? pathspecs : files.map((file) => `:(top,literal)${file}`);
}

/** All of them where git gives no answer. */
async function differingFrom(
  base: string,
  other: string,
  { pathspecs }: Parted,
  files: readonly string[],
  git: AskGit,
  apart?: Parameters<AskGit>[1],
): Promise<readonly string[]> {
  const named = namedOr(pathspecs, files);
  const names = await git(['diff', '--name-only', '-z', '--no-renames', base, other, '--', ...named], apart);
  return amongThem(files, names);
}

/** Those that git named; all of them where it gave no answer. */
function amongThem(files: readonly string[], names: string | undefined): readonly string[] {
  if (names === undefined) return files;
  const named = new Set(namesIn(names));
  return files.filter((file) => named.has(file));
}

/** What git merges is written to a folder that goes at once: of the repository nothing is changed. */
async function notMerged(
  parted: Parted,
  files: readonly string[],
  git: AskGit,
  repository: Repository,
): Promise<readonly string[]> {
  const objectsDir = mkdtempSync(join(tmpdir(), 'git-intercom-merge-'));
  try {
    const alternates = [repository.objectsDir, ...repository.alternates];
    const apart = { environment: objectEnvironment({ objectsDir, alternates }) };
    const merged = await git(['merge-tree', '--write-tree', '--no-messages', parted.base, parted.tip], apart);
    return merged === undefined ? files : await differingFrom(parted.base, merged, parted, files, git, apart);
  } finally {
    rmSync(objectsDir, { recursive: true, force: true });
  }
}

async function isSquashed(
  { tip, base, start, pathspecs }: Parted,
  files: readonly string[],
  git: AskGit,
): Promise<boolean> {
  const named = namedOr(pathspecs, files);
  const landed = await patchIdsOf(`${start}..${base}`, named, git);
  if (landed.length === 0) return false;
  const [wanted] = await patchIds(await git(['diff', ...patchOptions, start, tip, '--', ...named]), git);
  return wanted !== undefined && landed.includes(wanted);
}

async function isRebased(
  { tip, base, start, pathspecs }: Parted,
  files: readonly string[],
  git: AskGit,
): Promise<boolean> {
  const named = namedOr(pathspecs, files);
  const wanted = await patchIdsOf(`${start}..${tip}`, named, git);
  if (wanted.length === 0 || wanted.length === commitsLookedAt) return false;
  const landed = new Set(await patchIdsOf(`${start}..${base}`, named, git));
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

function namesIn(listed: string): string[] {
  return listed.split('\0').filter((name) => name !== '');
}
