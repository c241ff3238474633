/**
 * Rooms, decided again: each membership by itself on the room as the authority has it. A name that was taken first by
 * another makes the later room a joining of the earlier. What a clone did not know of it stays.
 */
import { roomMembersMax } from '../limits.ts';
import { notify } from '../message/notify.ts';
import { roomPath, roomsFolder } from '../record/path.ts';
import type { MessageRecord, RoomRecord } from '../record/record.ts';
import { hasSameMembers } from '../room/change.ts';
import { memberOf } from '../room/find.ts';
import { endUnread } from '../room/leave.ts';
import { isHidden } from '../room/secret.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

type Member = RoomRecord['members'][number];

export function replayRooms(round: Round): void {
  for (const { path, before, after } of editsIn(roomsFolder, round.past)) {
    if (after?.kind !== 'room') continue;
    const current = round.draft.record(path);
    if (current === undefined) round.draft.put(path, after);
    // Nobody here can put two together: the clone that made it sees that it did not come through, and decides again.
    else if (isHidden(after)) {
      if (isSameRecord(before, current)) round.draft.put(path, after);
    } else if (current.kind === 'room') {
      const old = before?.kind === 'room' ? before : undefined;
      const room = old === undefined ? joinedInstead(after, current, round) : onto(old, after, current, round);
      if (!isSameRecord(room, current)) round.draft.put(path, { ...room, version: current.version + 1 });
    }
  }
}

/**
 * What is said in a room goes to those who are in it by the authority's order: who joined there before the message came
 * gets it, and who left does not.
 */
export function readdressed(message: MessageRecord, { draft }: Round): MessageRecord {
  const room = message.room === undefined ? undefined : draft.record(roomPath(message.room));
  if (room?.kind !== 'room') return message;
  return { ...message, to: room.members.map(({ agent }) => agent).filter((agent) => agent !== message.agent) };
}

function joinedInstead(after: RoomRecord, current: RoomRecord, round: Round): RoomRecord {
  const { past, context, draft } = round;
  // It is this very room: the commit is there already.
  if (current.uid === after.uid && current.at === after.at) return current;
  if (current.visibility !== 'public' || after.visibility !== 'public') {
    notify(draft, context, {
      to: past.agent,
      subject: `@${current.id} was there before, and yours is not`,
      text: `${current.agent} created @${current.id} on the remote before you did in this clone, and one of the two is private. Theirs stays as it is; make yours under another name.`,
    });
    return current.visibility === 'public' ? { ...current, displaced: displacedIn(current, past.uid) } : current;
  }
  notify(draft, context, {
    to: past.agent,
    subject: `@${current.id} was there before: you are in it, and did not create it`,
    text: `${current.agent} created @${current.id} on the remote before you did in this clone. You joined it instead; its topic is ${current.topic ?? 'not said'}.`,
    importance: 'normal',
  });
  return { ...current, members: withMembers(current.members, after.members) };
}

/** What is meant for the private room must not stand in this one. */
function displacedIn({ displaced = [] }: RoomRecord, uid: string): string[] {
  return [...new Set([...displaced, uid])].slice(-roomMembersMax);
}

function onto(before: RoomRecord, after: RoomRecord, current: RoomRecord, round: Round): RoomRecord {
  const joined = without(after.members, before.members);
  const gone = without(before.members, after.members).filter(({ uid }) => memberOf(current, uid) !== undefined);
  const isKept = gone.length > 0 && !maySendAway(before, current, gone, round);
  if (isKept) tellKept(gone, current, round);
  const left = isKept ? [] : gone;
  for (const { agent } of left) endUnread(round.draft, current.id, agent, round.context);
  const members = withMembers(without(current.members, left), joined);
  const ended = without(before.invited ?? [], after.invited ?? []);
  const added = without(after.invited ?? [], before.invited ?? []);
  const others = without(current.invited ?? [], [...ended, ...members]);
  const invited = [...others, ...without(added, [...others, ...members])];
  const topic = before.topic === after.topic ? current.topic : after.topic;
  const room = { ...current, topic, members, invited: invited.length > 0 ? invited : undefined };
  return { ...room, epoch: epochOf(before, after, current, { members, context: round.context }) };
}

/** The key of the clone's membership is good only where that came out as it was there. */
function epochOf(
  before: RoomRecord,
  after: RoomRecord,
  current: RoomRecord,
  { members, context }: { readonly members: readonly Member[]; readonly context: Round['context'] },
): string | undefined {
  if (current.epoch === undefined) return undefined;
  const isKeyAnother = before.epoch !== after.epoch && hasSameMembers(before, after);
  const isAsNow = hasSameMembers({ members }, current);
  if (isAsNow && (!isKeyAnother || current.epoch === after.epoch)) return current.epoch;
  const isAsThere = current.epoch === before.epoch && hasSameMembers({ members }, after);
  return isAsThere ? after.epoch : context.newId();
}

/** Who created it in a clone alone has no more right to that than others. */
function maySendAway(before: RoomRecord, current: RoomRecord, gone: readonly Member[], { past }: Round): boolean {
  const isOwnLeaving = gone.every(({ uid }) => uid === past.uid);
  return isOwnLeaving || current.uid === past.uid || before.uid !== past.uid;
}

function tellKept(gone: readonly Member[], current: RoomRecord, { past, draft, context }: Round): void {
  for (const { agent } of gone) {
    for (const to of [past.agent, agent]) {
      notify(draft, context, {
        to,
        subject: `${agent} is still in @${current.id}`,
        text: `${past.agent} put ${agent} out of @${current.id} in a clone that took the room for its own. On the remote ${current.agent} had created it before, so that does not count.`,
        importance: 'normal',
      });
    }
  }
}

/** Who is in it stays in its place; one more than there is room for is left out. */
function withMembers(members: readonly Member[], joined: readonly Member[]): Member[] {
  return [...members, ...without(joined, members)].slice(0, Math.max(members.length, roomMembersMax));
}

function without<T extends { readonly uid: string }>(
  some: readonly T[],
  others: readonly { readonly uid: string }[],
): T[] {
  const known = new Set(others.map(({ uid }) => uid));
  return some.filter(({ uid }) => !known.has(uid));
}
