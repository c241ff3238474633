/** Rooms as answers show them: who is in them, and who of those is there now. */
import { Draft } from '../domain/draft.ts';
import { agentsFolder } from '../domain/record/path.ts';
import type { AgentRecord, RoomRecord } from '../domain/record/record.ts';
import { findRoom, memberOf } from '../domain/room/find.ts';
import type { View } from '../domain/view.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';
import type { ShownAgent } from './shown-agent.ts';
import { agentsIn } from './who.ts';

export interface ShownRoom {
  readonly name: string;
  readonly topic: string | null;
  readonly visibility: RoomRecord['visibility'];
  /** Who created it, and when. */
  readonly by: string;
  readonly since: string;
  /** Whether the asking agent is in it. */
  readonly isMember: boolean;
  /** Those who are there first, then by name. */
  readonly members: readonly ShownMember[];
  readonly invited: readonly string[];
}

export interface ShownMember {
  readonly agent: string;
  readonly state: AgentRecord['state'] | 'left';
  readonly live: boolean;
  readonly since: string;
}

export function shownRoomIn(
  view: View,
  typed: string,
  nowMs: number,
  session: Session,
): Answer<{ readonly room: ShownRoom }> {
  const found = findRoom(new Draft(view), typed);
  if (!found.ok) return refused(found.refusal);
  return done({ room: shownRooms([found.room], view, nowMs, session)[0] as ShownRoom });
}

export function shownRooms(
  rooms: readonly RoomRecord[],
  view: View,
  nowMs: number,
  session: Session,
): readonly ShownRoom[] {
  const agents = new Map(agentsIn(view, nowMs, true, session).map((agent) => [agent.uid, agent]));
  const own = session.self.uid ?? ownUid(view, session);
  return rooms.map((room) => ({
    name: room.id,
    topic: room.topic ?? null,
    visibility: room.visibility,
    by: room.agent,
    since: room.at,
    isMember: own !== undefined && memberOf(room, own) !== undefined,
    members: room.members
      .map(({ agent, uid, since }) => shownMember({ agent, since }, agents.get(uid)))
      .sort((a, b) => Number(b.live) - Number(a.live) || (a.agent < b.agent ? -1 : 1)),
    invited: (room.invited ?? []).map(({ agent }) => agent),
  }));
}

/** Of an agent whose record cannot be read nothing is known. */
function shownMember(
  { agent, since }: Pick<ShownMember, 'agent' | 'since'>,
  known: ShownAgent | undefined,
): ShownMember {
  const state = known === undefined || known.left !== null ? 'left' : known.state;
  return { agent, state, live: known?.live ?? false, since };
}

function ownUid(view: View, { self }: Session): string | undefined {
  const record = view.folder(agentsFolder).get(self.name);
  return record?.kind === 'agent' ? record.uid : undefined;
}
