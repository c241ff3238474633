/** What agents do with rooms, by name and in one line each. */
import type { RoomRecord } from '../../../src/domain/record/record.ts';
import { decideCreateRoom } from '../../../src/domain/room/create.ts';
import { decideDeclineRoom, decideInviteToRoom } from '../../../src/domain/room/invite.ts';
import { decideAcceptRoom, decideJoinRoom } from '../../../src/domain/room/join.ts';
import { decideKickFromRoom, decideLeaveRoom } from '../../../src/domain/room/leave.ts';
import { decideRoomTopic } from '../../../src/domain/room/topic.ts';
import type { World } from '../world.ts';

export function create(world: World, name: string, room: string, topic?: string) {
  return world.decide(name, (draft, context) =>
    decideCreateRoom(draft, { room, topic, visibility: 'public' }, context),
  );
}

export function join(world: World, name: string, room: string) {
  return world.decide(name, (draft, context) => decideJoinRoom(draft, room, context));
}

export function leave(world: World, name: string, room: string) {
  return world.decide(name, (draft, context) => decideLeaveRoom(draft, room, context));
}

export function accept(world: World, name: string, room: string) {
  return world.decide(name, (draft, context) => decideAcceptRoom(draft, room, context));
}

export function decline(world: World, name: string, room: string) {
  return world.decide(name, (draft, context) => decideDeclineRoom(draft, room, context));
}

export function invite(world: World, name: string, room: string, ...agents: readonly string[]) {
  return world.decide(name, (draft, context) => decideInviteToRoom(draft, { room, agents }, context));
}

export function kick(world: World, name: string, room: string, agent: string) {
  return world.decide(name, (draft, context) => decideKickFromRoom(draft, { room, agent }, context));
}

export function topic(world: World, name: string, room: string, text: string) {
  return world.decide(name, (draft, context) => decideRoomTopic(draft, { room, topic: text }, context));
}

export function roomIn(world: World, name: string): RoomRecord {
  const record = world.records.get(`rooms/${name}`);
  if (record?.kind !== 'room') throw new Error(`no room ${name}`);
  return record;
}

export function membersOf(world: World, name: string): string[] {
  return roomIn(world, name).members.map(({ agent }) => agent);
}
