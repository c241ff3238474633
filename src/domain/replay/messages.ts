/**
 * Messages are facts: they are written as they were sent, to whom they were sent, and never refused. What tells of a claim
 * is one only while that came out as before.
 */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isEscalation } from '../escalation/open.ts';
import { owingOf } from '../escalation/overdue.ts';
import { isAwaited } from '../message/over.ts';
import { isReadByAll } from '../message/receipt.ts';
import { agentPath, broadcastPath, escalationPath, inboxPath, messagePath } from '../record/path.ts';
import type { AnyRecord, LiveRecord, MessageRecord, ReceiptRecord } from '../record/record.ts';
import type { Change } from '../view.ts';
import type { Past } from './past.ts';
import { readdressed } from './rooms.ts';
import type { Round } from './round.ts';
import { replayUnopenable } from './sealed.ts';
import { isSameRecord, merged } from './three-way.ts';

const folders: readonly string[] = ['messages', 'threads', 'inbox', 'broadcast', 'asks', 'escalations', 'awaited'];

export function replayMessages(round: Round): void {
  const { draft, past } = round;
  const edits = past.edits.filter(({ path }) => folders.includes(path.split('/', 1)[0] as string));
  // Where the message is, all of its commit is: an entry that is not there was acknowledged since.
  const there = new Set<string>();
  for (const { path, before, after } of edits) {
    if (before === undefined && after !== undefined && path === messagePath(after.id)) {
      if (draft.view.record(path) !== undefined) there.add(after.id);
    }
  }
  const fresh = edits.filter((edit) => !there.has(idOf(edit)));
  const left = replayUnopenable(fresh, round);
  for (const edit of fresh) if (!left.has(idOf(edit))) write(edit, round);
}

function idOf({ before, after }: Change): string {
  return (after ?? before)?.id ?? '';
}

function write(change: Change, round: Round): void {
  const { path, before, after } = change;
  const { draft, past } = round;
  const current = draft.record(path);
  if (after === undefined) {
    if (before?.kind !== 'unreadable' && current !== undefined && isRemoved(change, current, past.op, draft))
      draft.remove(path);
  } else if (after.kind === 'message' && before?.kind !== 'unreadable' && isSoStill(after, round)) {
    if (isRaisedInVain(before, after, round)) return;
    if (current?.kind === 'message' && before !== undefined)
      draft.put(path, ontoCurrent(before as MessageRecord, after, current));
    else if (current === undefined && isOver(path, after, round)) return;
    else if (current === undefined && (before === undefined || path === messagePath(after.id))) {
      const message = before === undefined ? readdressed(after, round) : after;
      if (message.to.length > 0 || path !== broadcastPath(after.id)) draft.put(path, message);
    }
  }
}

/** An escalation that was closed on the authority is not opened again. */
function isOver(path: string, { id }: MessageRecord, { draft }: Round): boolean {
  if (path !== escalationPath(id)) return false;
  const known = draft.view.record(messagePath(id));
  return isEscalation(known) && known.escalation.closed !== undefined;
}

/** Somebody still has it unread, and nobody has raised it yet. */
function isOwed(id: string, draft: Draft): boolean {
  const known = draft.view.record(messagePath(id));
  return known?.kind === 'message' && known.escalation === undefined && owingOf(draft, known).length > 0;
}

/** On the authority, before this commit: its reader is gone still, and nobody has read it, or given it back. */
function isUndelivered(id: string, { view }: Draft): boolean {
  const known = view.record(messagePath(id));
  if (known?.kind !== 'message') return false;
  return known.to.some((name) => {
    const reader = view.record(agentPath(name));
    const isGone = reader?.kind !== 'agent' || reader.left !== undefined;
    return isGone && view.record(inboxPath(name, id)) !== undefined;
  });
}

/** An acknowledgement may have come first. */
function isRaisedInVain(before: AnyRecord | undefined, { id, escalation }: MessageRecord, { draft }: Round): boolean {
  if (escalation?.overdue !== true || (before?.kind === 'message' && before.escalation !== undefined)) return false;
  return !isOwed(id, draft) && !isEscalation(draft.view.record(messagePath(id)));
}

/** Mail of one who was gone, and is here again, is read after all. */
function hasComeBack(path: string, current: AnyRecord, draft: Draft): boolean {
  const agent = draft.record(agentPath(path.split('/')[1] ?? ''));
  const isExpiring = current.kind === 'message' && current.expires !== undefined;
  return !isExpiring && agent?.kind === 'agent' && agent.left === undefined;
}

/** Tidying takes away what nobody touched since, nor waits for; an acknowledgement whatever became of the text. */
function isRemoved({ path, before }: Change, current: AnyRecord, op: string, draft: Draft): boolean {
  if (op !== 'gc') return true;
  if (path.startsWith('inbox/') && hasComeBack(path, current, draft)) return false;
  const isText = path.startsWith('messages/') || path.startsWith('threads/');
  return isSameRecord(before, current) && !(isText && current.kind === 'message' && isAwaited(current, draft));
}

function isSoStill({ about }: MessageRecord, { upheld, draft }: Round): boolean {
  if (about?.what === 'undelivered') return about.claims.some((id) => isUndelivered(id, draft));
  if (about?.what === 'overdue') return about.claims.some((id) => isOwed(id, draft));
  if (about === undefined || about.what === 'withdrawn' || about.what === 'renumbered') return true;
  if (about.what === 'taken' || about.what === 'reaped' || about.what === 'published') return false;
  return about.claims.some((id) => upheld.has(id));
}

/**
 * The id that a notice of the commit had: what settling tells anew is the same to its reader, who may have acknowledged it
 * in a later commit of the chain. Not of one that the authority has already.
 */
export function formerNoticeOf(past: Past, draft: Draft): NonNullable<Context['formerNotice']> {
  return ({ to, about }) => {
    for (const { path, before, after } of past.edits) {
      if (before !== undefined || after?.kind !== 'message' || path !== messagePath(after.id)) continue;
      if (about === undefined || after.about?.what !== about.what || after.to[0] !== to) continue;
      if (after.about.claims[0] === about.claims[0] && draft.view.record(path) === undefined) return after.id;
    }
    return undefined;
  };
}

/** How an ask or an escalation ended is said once: an answer or a withdrawal that came first on the authority stays. */
function ontoCurrent(before: MessageRecord, after: MessageRecord, current: MessageRecord): MessageRecord {
  const fields = merged(before, after, current);
  if (current.escalation?.closed !== undefined) return { ...fields, escalation: current.escalation };
  if (current.ask === undefined || after.ask === undefined) return fields;
  const isEnded = current.ask.answer !== undefined || current.ask.cancelled !== undefined;
  return { ...fields, ask: isEnded ? current.ask : merged(before.ask, after.ask, current.ask) };
}

/** A message to many leaves the tree with the last who has done with it, whoever brings that. */
export function dropWhenReadByAll(receipt: ReceiptRecord, draft: Round['draft']): void {
  const path = broadcastPath(receipt.id);
  const message: LiveRecord | AnyRecord | undefined = draft.record(path);
  if (message?.kind === 'message' && isReadByAll(message, receipt)) draft.remove(path);
}
