/**
 * Whether a commit writes what its agent may write. All that an operation of ours writes passes; a commit whose trailers say
 * one agent and whose records another does not. What a commit takes away is nobody's own: leases end, mail is read, queues
 * move on by whoever comes next.
 *
 * An agent writes its own agent, claims, places in the queue, landing notes, subscriptions, keys and messages. Of others'
 * it may write
 * - a claim that it hands over, one that a place in the queue becomes, and by force one that keeps fewer paths;
 * - how an ask ended, in the message that asked, that it closed an escalation, and that an acknowledgement is overdue;
 * - in receipts its own marks, and that mail has expired;
 * - of a room the topic, the invitations and its own membership;
 * - the next version of a spec, under its own name;
 * - where it takes another name, that name for its former one;
 * - of an agent that has not been seen for long, that it left then.
 */

import { messagePath } from '../record/path.ts';
import type {
  AgentRecord,
  AnyRecord,
  ClaimRecord,
  LiveRecord,
  MessageRecord,
  ReceiptRecord,
  RoomRecord,
} from '../record/record.ts';
import { Renames, renamedEdits } from '../replay/renames.ts';
import { isSameRecord } from '../replay/three-way.ts';
import type { Change } from '../view.ts';

export interface Authored {
  readonly op: string;
  readonly agent: string;
  readonly uid: string;
  readonly changes: readonly Change[];
}

export interface ForeignWrite {
  readonly path: string;
  /** Whose record it is. */
  readonly of: string;
}

/** In the order of the changes. What cannot be read is another rule's. */
export function foreignWrites(made: Authored): ForeignWrite[] {
  const commit = underNewName(made);
  return commit.changes.flatMap((change) => {
    const { path, before, after } = change;
    if (after === undefined || after.kind === 'unreadable' || mayWrite(after, before, commit)) return [];
    const whose = before === undefined || before.kind === 'unreadable' || isOwn(before, commit) ? after : before;
    return [{ path, of: whose.agent }];
  });
}

/** A commit in which its agent takes another name, as if that had been its name before: what is left is what else it wrote. */
function underNewName(commit: Authored): Authored {
  const { uid, changes } = commit;
  const own = changes.flatMap((change) => {
    const record = change.after ?? change.before;
    return record?.kind === 'agent' && record.uid === uid ? [change] : [];
  });
  const [gone] = own.flatMap(({ before, after }) => (after === undefined && before?.kind === 'agent' ? [before] : []));
  const [come] = own.flatMap(({ before, after }) => (before === undefined && after?.kind === 'agent' ? [after] : []));
  if (gone === undefined || come === undefined) return commit;
  const renames = new Renames();
  renames.add(uid, gone.agent, come.agent);
  return { ...commit, agent: come.agent, changes: renamedEdits(changes, renames) };
}

function mayWrite(after: LiveRecord, before: AnyRecord | undefined, commit: Authored): boolean {
  switch (after.kind) {
    case 'fence':
      return true;
    case 'receipt':
      return hasOnlyOwnMarks(after, before?.kind === 'receipt' ? before : undefined, commit);
    case 'message':
      return (
        isOwnNow(after, before, commit) ||
        isAskEnded(after, before) ||
        isClosedBy(after, before, commit) ||
        isOverdue(after, before, commit)
      );
    case 'claim':
      return isOwnNow(after, before, commit) || isClaimOfAnother(after, before, commit);
    case 'spec':
      return isOwn(after, commit) && !(before?.kind === 'spec' && before.version >= after.version);
    case 'agent':
      return isOwnNow(after, before, commit) || isReaped(after, before);
    case 'room':
      return isOwnNow(after, before, commit) || isRoomKept(after, before, commit);
    default:
      return isOwnNow(after, before, commit);
  }
}

/** It was nobody else's before: else it would be taken away from its agent. */
function isOwnNow(after: LiveRecord, before: AnyRecord | undefined, commit: Authored): boolean {
  const wasOthers = before !== undefined && 'uid' in before && before.uid !== commit.uid;
  return isOwn(after, commit) && !wasOthers;
}

function isOwn(record: LiveRecord, { agent, uid }: Authored): boolean {
  return record.agent === agent && (!('uid' in record) || record.uid === uid);
}

function isClaimOfAnother(after: ClaimRecord, before: AnyRecord | undefined, commit: Authored): boolean {
  const { op, uid, changes } = commit;
  const wasOwn = (record: AnyRecord | undefined) =>
    (record?.kind === 'claim' || record?.kind === 'waiting') && record.uid === uid;
  // Of a claim that is split for it, the part that goes has a new id; a place in the queue may just have become one.
  if (before === undefined ? op === 'handoff' && changes.some((each) => wasOwn(each.before)) : wasOwn(before))
    return true;
  const isGrant = changes.some(
    (each) => each.after === undefined && each.before?.kind === 'waiting' && isSameHolder(each.before, after),
  );
  if (before === undefined) return isGrant;
  const isReduced = before.kind === 'claim' && before.uid === after.uid && isSubset(after.paths, before.paths);
  return op === 'force-release' && isReduced;
}

function isReaped(after: AgentRecord, before: AnyRecord | undefined): boolean {
  if (before?.kind !== 'agent' || before.left !== undefined || after.left !== before.lastSeen) return false;
  const { process: _process, ...kept } = before;
  return isSameRecord({ ...kept, left: after.left }, after);
}

/** Nobody else is made a member, and it stays the room of whoever created it. */
function isRoomKept(after: RoomRecord, before: AnyRecord | undefined, { uid }: Authored): boolean {
  if (before?.kind !== 'room' || before.uid !== after.uid || before.agent !== after.agent) return false;
  const known = new Set(before.members.map((member) => member.uid));
  return after.members.every((member) => member.uid === uid || known.has(member.uid));
}

function isSameHolder(waiting: { id: string; uid: string }, claim: ClaimRecord): boolean {
  return waiting.id === claim.id && waiting.uid === claim.uid;
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((each) => all.includes(each));
}

function isAskEnded(after: MessageRecord, before: AnyRecord | undefined): boolean {
  if (before?.kind !== 'message' || before.ask === undefined) return false;
  return isSameRecord({ ...before, ask: undefined }, { ...after, ask: undefined });
}

/** Whoever comes by makes it an escalation, and says nothing else in its name. */
function isOverdue(after: MessageRecord, before: AnyRecord | undefined, { changes }: Authored): boolean {
  if (after.escalation?.overdue !== true || after.escalation.closed !== undefined) return false;
  if (before !== undefined) {
    if (before.kind !== 'message' || before.escalation !== undefined) return false;
    return isSameRecord(before, { ...after, escalation: undefined });
  }
  return changes.some(
    (each) => each.path === messagePath(after.id) && each.before !== undefined && isSameRecord(each.after, after),
  );
}

/** What was closed before stays as it is. */
function isClosedBy(after: MessageRecord, before: AnyRecord | undefined, { agent }: Authored): boolean {
  if (before?.kind !== 'message' || before.escalation === undefined || before.escalation.closed !== undefined)
    return false;
  const isSame = isSameRecord({ ...before, escalation: undefined }, { ...after, escalation: undefined });
  return isSame && after.escalation?.by === agent;
}

function hasOnlyOwnMarks(after: ReceiptRecord, before: ReceiptRecord | undefined, { agent }: Authored): boolean {
  return (['delivered', 'acknowledged', 'completed'] as const).every((as) => {
    const known = new Set(before?.[as]?.map((mark) => mark.agent));
    return (after[as] ?? []).every((mark) => mark.agent === agent || known.has(mark.agent));
  });
}
