/** Which paths a commit changes: the one that is being made, the one that was just made, and those that a push brings. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askGit, type HookPlace, pathsIn } from './hook-git.ts';

/** A rename has both its names. What a person configured for his own `git diff` changes nothing. */
const names = ['--name-only', '-z', '--no-renames', '--ignore-submodules=none'];
const plainDiff = ['diff', '--cached', '--no-ext-diff', '--no-relative', ...names];

/**
 * Of the commit in progress, against HEAD, or against nothing before the first commit. Of a merge only what it changes
 * itself: what differs from each of its parents, and what was in conflict. What the other branch brought was judged there.
 */
export function stagedPaths(place: HookPlace, gitDir: string): string[] {
  const staged = pathsIn(askGit(place, [...plainDiff, '--']));
  const merged = mergeHeads(gitDir);
  if (merged.length === 0 || staged.length === 0) return staged;
  const conflicted = resolvedPaths(askGit(place, ['ls-files', '--full-name', '--resolve-undo', '-z']));
  const others = merged.map((oid) => new Set(pathsIn(askGit(place, [...plainDiff, oid, '--']))));
  return staged.filter((path) => conflicted.has(path) || others.every((paths) => paths.has(path)));
}

function mergeHeads(gitDir: string): string[] {
  const file = join(gitDir, 'MERGE_HEAD');
  return existsSync(file) ? readFileSync(file, 'latin1').split('\n').filter(Boolean) : [];
}

/** `mode oid stage\tpath`, for each side of each conflict that was resolved (git-ls-files(1)). */
function resolvedPaths(output: string | undefined): Set<string> {
  return new Set(pathsIn(output).map((line) => line.slice(line.indexOf('\t') + 1)));
}

/** Of HEAD; of a merge what differs from each parent. */
export function committedPaths(place: HookPlace): string[] {
  return pathsIn(askGit(place, ['diff-tree', '--root', '--no-commit-id', '-r', '-c', ...names, 'HEAD']));
}

/** What the last merge or pull brought to HEAD. */
export function mergedPaths(place: HookPlace): string[] {
  return pathsIn(askGit(place, ['diff-tree', '-r', ...names, 'ORIG_HEAD', 'HEAD']));
}

/** One line of what git tells pre-push (githooks(5)). */
export interface PushedRef {
  readonly localOid: string;
  readonly remoteRef: string;
  readonly remoteOid: string;
}

/**
 * Of all commits that the remote does not have, as far as this clone knows it; of a merge what it changed itself. Where
 * nothing is known of the remote, as with an address, what other remotes have counts too.
 */
export function pushedPaths(place: HookPlace, remote: string, refs: readonly PushedRef[]): string[] {
  const log = ['log', '--no-show-signature', '--format=', '-c', '--no-ext-diff', '--no-relative', ...names];
  return refs.length === 0 ? [] : pathsIn(askGit(place, [...log, ...rangeOf(place, remote, refs), '--']));
}

/** Of those commits the ones on these paths: the claims that each says it was made under; none for one without a word. */
export function pushedClaims(
  place: HookPlace,
  remote: string,
  refs: readonly PushedRef[],
  paths: readonly string[],
): string[][] {
  const format = '--format=%x00%(trailers:key=Intercom-Claim,valueonly,separator=%x20)';
  const specs = paths.map((path) => `:(top,literal)${path}`);
  const said =
    askGit(place, ['log', '--no-show-signature', format, ...rangeOf(place, remote, refs), '--', ...specs]) ?? '';
  return said
    .split('\0')
    .slice(1)
    .map((ids) => ids.split(/\s+/).filter((id) => id !== ''));
}

function rangeOf(place: HookPlace, remote: string, refs: readonly PushedRef[]): string[] {
  const isKnown = askGit(place, ['for-each-ref', '--count=1', `refs/remotes/${remote}/`]) !== '';
  const tips = refs.map(({ localOid }) => localOid);
  const known = refs.flatMap(({ remoteOid }) => (/^0+$/.test(remoteOid) ? [] : [`^${remoteOid}`]));
  // A commit of the remote that this clone has not fetched is passed over.
  return ['--ignore-missing', ...tips, ...known, '--not', isKnown ? `--remotes=${remote}` : '--remotes'];
}
