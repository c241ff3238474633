/** The commits of the branch, newest first, along the first parent: coordination history is linear. */
import type { Oid } from '../../domain/oid.ts';
import { objectEnvironment } from './alternates.ts';
import { type ParsedCommit, parseCommit } from './commit.ts';
import type { Repository } from './locate.ts';
import type { ObjectReader } from './objects.ts';
import { runGit } from './run.ts';

export interface Walked {
  readonly oid: Oid;
  readonly commit: ParsedCommit;
  /** As git keeps it. */
  readonly content: Buffer;
}

export interface Walking {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** Read one by one before git is asked to look through the rest: less than it costs to start git. */
export const readAloneMax = 300;

/** An id a line, for millions of commits. */
const outputBytesMax = 512 * 1024 * 1024;
const timeoutMs = 120_000;

/**
 * The tip included. Its end tells which commit it found missing, as in a shallow clone, or no commit; undefined at the
 * root.
 */
export function firstParents(objects: ObjectReader, tip: Oid): AsyncGenerator<Walked, Oid | undefined> {
  return walkedFrom(tip, (oid) => readCommit(oid, objects));
}

/** The same, with commits as `read` knows them. */
export async function* walkedFrom<Known extends { readonly commit: ParsedCommit }>(
  tip: Oid,
  read: (oid: Oid) => Promise<Known | undefined>,
): AsyncGenerator<Known, Oid | undefined> {
  for (let oid: Oid | undefined = tip; oid !== undefined; ) {
    const known: Known | undefined = await read(oid);
    if (known === undefined) return oid;
    yield known;
    oid = known.commit.parents[0];
  }
  return undefined;
}

/** Undefined for what is missing, or no commit. */
export async function readCommit(oid: Oid | undefined, objects: ObjectReader): Promise<Walked | undefined> {
  const object = oid === undefined ? undefined : await objects.find(oid);
  if (oid === undefined || object?.type !== 'commit') return undefined;
  return { oid, commit: parseCommit(object.content), content: object.content };
}

/**
 * By the real git, for many commits: a range, and what narrows it. Undefined where git is not installed, or lacks a
 * commit, which may still be in flight.
 */
export async function revList(words: readonly string[], { repository }: Walking): Promise<Oid[] | undefined> {
  const { code, stdout } = await runGit(['--no-replace-objects', 'rev-list', '--first-parent', ...words], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    maxOutputBytes: outputBytesMax,
    timeoutMs,
  });
  return code === 0 ? (stdout.toString('latin1').split('\n').filter(Boolean) as Oid[]) : undefined;
}
