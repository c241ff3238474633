/**
 * Which commit of the branch counts. What somebody committed by hand is shown and not obeyed: the present is the tree of
 * the nearest commit of ours along the first parent. The next commit of ours has the real tip as its parent and that tree
 * below it, so a hand edit is undone by the next writer and stays in the history. Of a merge the first parent is followed.
 */
import type { Oid } from '../../domain/oid.ts';
import { isOurs, type ParsedCommit, parseCommit } from './commit.ts';
import type { ObjectReader } from './objects.ts';

/** In a row. More is nobody's slip: it is a branch of somebody's own. */
export const byHandMax = 10_000;

export interface ObeyedCommit {
  readonly oid: Oid;
  readonly commit: ParsedCommit;
  /** Above it up to the tip, newest first. */
  readonly byHand: readonly Oid[];
}

/**
 * Undefined where no commit of ours is found: a branch of somebody's own, or a shallow clone that was cut among commits
 * made by hand. Rejects with `damaged` where the tip is missing or no commit.
 */
export async function findObeyed(objects: ObjectReader, tip: Oid): Promise<ObeyedCommit | undefined> {
  const byHand: Oid[] = [];
  let oid: Oid | undefined = tip;
  let object = await objects.read(tip, 'commit');
  while (byHand.length < byHandMax) {
    const commit = parseCommit(object.content);
    if (isOurs(commit)) return { oid, commit, byHand };
    byHand.push(oid);
    oid = commit.parents[0];
    const next = oid === undefined ? undefined : await objects.find(oid);
    if (oid === undefined || next?.type !== 'commit') return undefined;
    object = next;
  }
  return undefined;
}
