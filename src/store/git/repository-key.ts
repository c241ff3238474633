/**
 * Which repository this is among those of a hub: `server~1f3a9c20`. The same in all clones and worktrees: `init --hub`
 * writes it into the policy. Where only a person's words stand there it is found from the first commit, which all clones
 * have, else from the remote's URL.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import type { Repository } from './locate.ts';
import { mainTop } from './main-top.ts';
import { remotesIn } from './remotes.ts';
import { runGit } from './run.ts';

const idChars = 8;

/** Null without a hub. Git is asked once in the life of a clone, and only where the policy has no id. */
export async function repositoryKey(
  repository: Repository,
  { hub, repository: given }: Pick<Policy, 'hub' | 'repository'>,
): Promise<string | null> {
  if (hub === null) return null;
  if (given?.includes('~')) return given;
  const label = given ?? labelFrom(placeName(repository));
  return `${label}~${await idFor(repository, label)}`;
}

/** As a label may be: like the scheme of a resource, so that `server:src/auth.ts` is typed as one word. */
export function labelFrom(words: string): string {
  const plain = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 40);
  return /^[a-z].+$/.test(plain) ? plain : `repo${plain === '' ? '' : `-${plain}`}`;
}

/** A path as a URL says nothing that the own folder does not say better. */
function placeName(repository: Repository): string {
  const url = urlOf(repository);
  const isFar = url !== undefined && /^[a-z+]+:\/\/|^[^/\\]+:/i.test(url) && !url.startsWith('file:');
  return basename(isFar ? url.replace(/\/+$/, '') : mainTop(repository)).replace(/\.git$/, '');
}

async function idFor(repository: Repository, label: string): Promise<string> {
  const file = join(repository.commonDir, 'intercom', 'repository');
  try {
    const known = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{8}$/.test(known)) return known;
  } catch {
    // Not found out yet.
  }
  const seed = (await firstCommit(repository)) ?? plainUrl(repository) ?? `label ${label}`;
  const id = createHash('sha256').update(seed).digest('hex').slice(0, idChars);
  try {
    makeFolder(join(repository.commonDir, 'intercom'));
    writeFileSync(file, `${id}\n`);
    share(file);
  } catch {
    // It is found out again.
  }
  return id;
}

/** Of the default branch, by its first parents: histories that were merged in later do not change it. */
async function firstCommit({ commonDir, isShallow }: Repository): Promise<string | undefined> {
  if (isShallow) return undefined;
  for (const ref of ['refs/remotes/origin/HEAD', 'refs/heads/main', 'refs/heads/master', 'HEAD']) {
    const words = ['rev-list', '--first-parent', '--max-parents=0', ref, '--'];
    const { code, stdout } = await runGit(words, { gitDir: commonDir }).catch(() => ({ code: 1, stdout: '' }));
    const oid = stdout.toString().trim();
    if (code === 0 && oid !== '') return oid;
  }
  return undefined;
}

function urlOf({ config }: Repository): string | undefined {
  const remotes = remotesIn(config);
  return (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.url;
}

/** The same by ssh and by https, with and without a user. */
function plainUrl(repository: Repository): string | undefined {
  return urlOf(repository)
    ?.replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
