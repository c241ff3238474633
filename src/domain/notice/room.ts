/** What a change of a room says: quiet, for those who watch. Nothing of it is in anybody's mail. */
import type { RoomRecord } from '../record/record.ts';
import { oneLine } from '../text.ts';
import type { Notice, NoticeKind, Watcher } from './notice.ts';

/** For its members, and for who has just left it. */
export function roomNotices(
  before: RoomRecord | undefined,
  after: RoomRecord | undefined,
  { name, now }: Watcher,
): Notice[] {
  // Of a secret one the branch says nothing that could be told.
  if (after === undefined || after.visibility === 'secret') return [];
  const { id } = after;
  const members = new Set([...(before?.members ?? []), ...after.members].map(({ agent }) => agent));
  const tell = (kind: NoticeKind, agent: string, at: string, text: string): Notice => {
    return { kind, at, agent, id, paths: [], text, forYou: members.has(name) };
  };
  if (before === undefined) return [tell('room-created', after.agent, after.at, `${after.agent} creates @${id}`)];
  const joined = without(after.members, before.members);
  const left = without(before.members, after.members);
  return [
    ...joined.map(({ agent, since }) => tell('member-joined', agent, since, `${agent} joins @${id}`)),
    ...left.map(({ agent }) => tell('member-left', agent, now, `${agent} is no longer in @${id}`)),
    ...(before.topic === after.topic
      ? []
      : [tell('room-topic', after.agent, now, `@${id} is about: ${oneLine(after.topic ?? 'nothing said', 120)}`)]),
  ];
}

type Members = RoomRecord['members'];

function without(some: Members, others: Members): Members {
  const known = new Set(others.map(({ uid, since }) => `${uid} ${since}`));
  return some.filter(({ uid, since }) => !known.has(`${uid} ${since}`));
}
