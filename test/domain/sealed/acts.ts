/** Seals that are none: their text says for whom they are, so that a test can tell who may open what. */

import type { Context, Decision } from '../../../src/domain/decision.ts';
import type { Draft } from '../../../src/domain/draft.ts';
import { decideSend } from '../../../src/domain/message/send.ts';
import type { MessageRecord, RoomKeyRecord } from '../../../src/domain/record/record.ts';
import { decideCreateRoom } from '../../../src/domain/room/create.ts';
import { decideHandKeys, readersOf } from '../../../src/domain/sealed/hand.ts';
import { decideKey } from '../../../src/domain/sealed/key.ts';
import { type Plan, planFor } from '../../../src/domain/sealed/plan.ts';
import type { Seal } from '../../../src/domain/sealed/seal.ts';
import { accepted, type World } from '../world.ts';

const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Looks like a public key of age; another for each name. */
export function keyNamed(name: string): string {
  const text = Array.from(
    { length: 58 },
    (_, n) => letters[(name.charCodeAt(n % name.length) * 7 + n + name.length) % 32],
  );
  return `age1${text.join('')}`;
}

export function sealFor(readers: readonly string[], text: string): string {
  const body = Buffer.from(JSON.stringify({ readers, text })).toString('base64');
  return `-----BEGIN AGE ENCRYPTED FILE-----\n${body}\n-----END AGE ENCRYPTED FILE-----`;
}

/** Undefined where it was not sealed for this key. */
export function open(sealed: string, key: string): string | undefined {
  const { readers, text } = JSON.parse(Buffer.from(sealed.split('\n')[1] ?? '', 'base64').toString());
  return readers.includes(key) ? text : undefined;
}

/** Those who have a key are known by it from then on. */
export function keyed(world: World, ...names: readonly string[]): void {
  for (const name of names) {
    world.actor(name, { sealTo: keyNamed(name) });
    accepted(world.decide(name, decideKey));
  }
}

/** Others seal for `to` from then on. */
export function rekey(world: World, name: string, to: string): Decision<unknown> {
  world.actor(name, { sealTo: keyNamed(to) });
  return world.decide(name, decideKey);
}

export function createPrivate(world: World, name: string, room: string) {
  return world.decide(name, (draft, context) => decideCreateRoom(draft, { room, visibility: 'private' }, context));
}

/** For whom it would be sealed now. */
export function planned(world: World, name: string, to: string): Decision<Plan> {
  return world.rehearse(name, (draft, context) => {
    const decision = decideSend(draft, { to: [to], text: '', sealed: 'to-come' }, context);
    if (!decision.ok) return decision;
    const { to: names, room } = decision.result.message;
    const plan = planFor(draft, { names, room }, context);
    return plan.ok ? { ...decision, result: plan.plan } : plan;
  });
}

let keysMade = 0;

export function sealAs(plan: Plan, text: string): Seal {
  const readers = plan.readers.map(({ sealTo }) => sealTo);
  if (plan.room === undefined) return { plan, text: sealFor(readers, text) };
  if (plan.room.key !== undefined) return { plan, text: sealFor([plan.room.key.to], text) };
  keysMade += 1;
  const to = keyNamed(`room key ${keysMade}`);
  return { plan, text: sealFor([to], text), newKey: { id: `k${keysMade}`, to, sealed: sealFor(readers, to) } };
}

export function sendSealed(world: World, name: string, to: string, text: string): Decision<{ message: MessageRecord }> {
  const plan = planned(world, name, to);
  if (!plan.ok) return plan;
  const sealed = sealAs(plan.result, text);
  return world.decide(name, (draft, context) => decideSend(draft, { to: [to], text, sealed }, context));
}

/** As `room invite --history` does after inviting: all keys that the one has, for the other. */
export function handHistory(world: World, name: string, room: string, to: string): Decision<unknown> {
  const rule = (draft: Draft, context: Context): Decision<unknown> => {
    const readers = readersOf(draft, [to]);
    if (!readers.ok) return readers;
    const { readers: named } = readers.plan;
    const keys = roomKeys(world, room).flatMap((record) => {
      const opened =
        record.key === record.id ? roomKey(world, record.epoch, record.key, keyOf(world, name)) : undefined;
      const sealed = sealFor([named[0]?.sealTo ?? ''], opened ?? '');
      return opened === undefined ? [] : [{ ...record, id: `${record.key}-${to}`, sealed }];
    });
    const handed = keys.map(({ id, epoch, key, to: sealTo, sealed }) => ({ id, epoch, key, to: sealTo, sealed }));
    return decideHandKeys(draft, { room, readers: named, keys: handed }, context);
  };
  return world.decide(name, rule);
}

function roomKeys(world: World, room: string): RoomKeyRecord[] {
  const all = [...world.records.values()].filter((record): record is RoomKeyRecord => record.kind === 'roomkey');
  return all.filter((record) => record.room === room);
}

function keyOf(world: World, name: string): string {
  return world.actor(name).sealTo ?? '';
}

function roomKey(world: World, epoch: string, key: string, own: string): string | undefined {
  for (const record of world.records.values()) {
    if (record.kind !== 'roomkey' || record.epoch !== epoch || record.key !== key) continue;
    const opened = open(record.sealed, own);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

/** What the message says to who has this key and all that is on the branch. */
export function readBy(world: World, own: string, { sealed }: MessageRecord): string | undefined {
  if (sealed === undefined) return undefined;
  const { epoch, key, text } = sealed;
  if (epoch === undefined || key === undefined) return open(text, own);
  const opened = roomKey(world, epoch, key, own);
  return opened === undefined ? undefined : open(text, opened);
}
