/** A commit of ours, read back: who did what, when, and the name of the commit that recorded it first. */
import { isOid, type Oid } from '../../domain/oid.ts';
import type { Past } from '../../domain/replay/past.ts';
import { instantOf } from '../../domain/time.ts';
import type { OwnCommit } from '../git/ancestry.ts';
import { trailer } from '../git/commit.ts';

/** Undefined for a commit that somebody made by hand: it is shown, and not obeyed. */
export function pastOf({ commit }: OwnCommit): Omit<Past, 'edits'> | undefined {
  const all = (name: string) => commit.trailers.filter(([known]) => known === name).map(([, value]) => value);
  const [op, agent, uid] = ['Op', 'Agent', 'Uid'].map((name) => trailer(commit, name));
  if (op === undefined || agent === undefined || uid === undefined) return undefined;
  return {
    op,
    agent,
    uid,
    at: instantOf(commit.authoredMs),
    ids: all('Id'),
    paths: all('Path'),
    key: trailer(commit, 'Key'),
    subject: commit.subject,
    body: bodyOf(commit.message),
  };
}

/** The commit that recorded it first, however often it was recorded again since. */
export function firstOf({ oid, commit }: OwnCommit): Oid {
  const was = trailer(commit, 'Was');
  return was !== undefined && isOid(was) ? was : oid;
}

/** What stands between the subject and the trailers, but for the word to the team's CI. */
function bodyOf(message: string): string | undefined {
  const paragraphs = message.trimEnd().split('\n\n').slice(1, -1);
  return paragraphs.filter((paragraph) => paragraph !== '[skip ci]').join('\n\n') || undefined;
}
