/**
 * Claims that were handed over: all of a commit or none. Where the giver does not hold one any more, or the receiver could
 * not have been granted them beside what is claimed meanwhile, nothing changes hands and the giver is told.
 */
import { type Obstacles, obstacles } from '../claim/conflict.ts';
import { nextToken } from '../claim/fence.ts';
import { leavePlaces } from '../claim/handoff.ts';
import { supersede } from '../claim/settle.ts';
import { notify } from '../message/notify.ts';
import { claimPath, waitingPath } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { AnyRecord, ClaimRecord } from '../record/record.ts';
import { listed } from '../text.ts';
import { type ClaimEdit, changedClaim } from './changed-claim.ts';
import type { Past } from './past.ts';
import type { Round } from './round.ts';
import { isTold } from './withdrawal.ts';

export interface Handed {
  /** What the giver had; the same claim, unless it was split. */
  readonly origin: ClaimRecord;
  readonly after: ClaimRecord;
}

/**
 * An added claim of another was split off what the actor had, when its paths left that in the same commit; or it came out
 * of the actor's place in the queue and was handed on at once.
 */
export function handedBy(edits: readonly ClaimEdit[], { uid, edits: all }: Past): Handed[] {
  const given = edits.filter(({ before }) => before?.uid === uid);
  return edits.flatMap(({ before, after }): Handed[] => {
    if (after === undefined || after.uid === uid || after.offeredUntil !== undefined) return [];
    if (before !== undefined) return before.uid === uid ? [{ origin: before, after }] : [];
    const split = given.find((each) => each.after !== undefined && after.paths.every((path) => isLost(path, each)));
    const isOwnPlace = all.some((edit) => edit.path === waitingPath(after.id) && isOf(uid, edit.before));
    if (isOwnPlace) return [{ origin: { ...after, uid }, after }];
    return split?.before === undefined ? [] : [{ origin: split.before, after }];
  });
}

function isLost(path: string, { before, after }: ClaimEdit): boolean {
  return before?.paths.includes(path) === true && !after?.paths.includes(path);
}

export function replayHandoff(handed: readonly Handed[], edits: readonly ClaimEdit[], round: Round): void {
  if (handed.length === 0) return;
  const { draft, context } = round;
  if (handed.every(({ after }) => isOf(after.uid, draft.record(claimPath(after.id))))) {
    for (const { after } of handed) round.upheld.add(after.id);
    return;
  }
  const found = handed.map(({ origin, after }) => ({ origin, after, current: draft.record(claimPath(origin.id)) }));
  if (!found.every(({ origin, current }) => current?.kind === 'claim' && current.uid === origin.uid)) {
    tell(handed, round);
    return;
  }
  const undo = new Map<string, AnyRecord | undefined>();
  const put = (id: string, claim: ClaimRecord | undefined) => {
    const path = claimPath(id);
    if (!undo.has(path)) undo.set(path, draft.record(path));
    if (claim === undefined) draft.remove(path);
    else draft.put(path, claim);
  };
  for (const { origin, after, current } of found) {
    const rest = edits.find(({ before }) => before?.id === origin.id)?.after;
    if (rest !== undefined && after.id !== origin.id)
      put(origin.id, changedClaim(origin, rest, current as ClaimRecord));
    put(after.id, { ...after, token: nextToken(draft, context) });
  }
  if (handed.every(({ after }) => inTheWay(after, round).rivals.length === 0)) {
    for (const { after } of handed) {
      for (const each of inTheWay(after, round).lapsed) supersede(each, after.agent, draft, context);
      leavePlaces(draft.record(claimPath(after.id)) as ClaimRecord, draft);
      round.upheld.add(after.id);
    }
    return;
  }
  for (const [path, record] of undo) {
    if (record === undefined || record.kind === 'unreadable') draft.remove(path);
    else draft.put(path, record);
  }
  tell(handed, round);
}

function isOf(uid: string, record: AnyRecord | undefined): boolean {
  return (record?.kind === 'claim' || record?.kind === 'waiting') && record.uid === uid;
}

/** Waiters count as little as they do in the first decision: what is handed over was never free. */
function inTheWay(claim: ClaimRecord, { draft, context }: Round): Obstacles {
  return obstacles(draft, { ...claim, patterns: patternsOf(claim, draft.view.paths), ticket: 0 }, context);
}

function tell(handed: readonly Handed[], round: Round): void {
  const { draft, context } = round;
  const [{ id = '', agent: to = '' } = {}] = handed.map(({ after }) => after);
  if (isTold(context.actor.name, id, round)) return;
  const paths = listed(handed.flatMap(({ after }) => after.paths));
  notify(draft, context, {
    to: context.actor.name,
    subject: `${to} did not get ${paths}`,
    text: `You handed ${paths} to ${to} before this clone had heard of the remote, where you hold it no more or somebody else claims it. Run git intercom claims to see who does.`,
    about: { what: 'withdrawn', claims: handed.map(({ after }) => after.id) },
  });
}
