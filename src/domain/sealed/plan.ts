/** For whom something is to be sealed, as the branch has it at this moment. Whoever seals does so before the decision, and names the plan. */
import { nameIn } from '../agent/former.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentPath, roomKeysFolder, roomPath } from '../record/path.ts';
import type { RoomKeyRecord, RoomRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed } from '../text.ts';

export interface Plan {
  /** Of a message to a room: its membership, and the key that this has already. */
  readonly room?: { readonly id: string; readonly epoch: string; readonly key: RoomKey | undefined };
  /** By name. Empty where the room has a key: that is then what is sealed for. */
  readonly readers: readonly { readonly agent: string; readonly sealTo: string }[];
  /** What it answers: the answer to an interview is held against its questions before it is sealed. */
  readonly replyTo?: string | undefined;
}

export interface RoomKey {
  readonly id: string;
  readonly to: string;
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly refusal: Refusal };

/** Those who get it, and the sender, who reads it in the thread. */
export function planFor(
  draft: Pick<Draft, 'record' | 'folder'>,
  {
    names,
    room,
    replyTo,
  }: { readonly names: readonly string[]; readonly room?: string | undefined; readonly replyTo?: string | undefined },
  { actor }: Pick<Context, 'actor'>,
): Planned {
  const record = room === undefined ? undefined : draft.record(roomPath(room));
  const planned =
    record?.kind === 'room' && record.epoch !== undefined
      ? planForRoom(draft, record, record.epoch)
      : readersNamed(draft, [...new Set([actor.name, ...names])].sort());
  return planned.ok && replyTo !== undefined ? { ok: true, plan: { ...planned.plan, replyTo } } : planned;
}

/** Of a secret room, the opened one under the id that the branch has. */
export function planForRoom(draft: Pick<Draft, 'record' | 'folder'>, room: RoomRecord, epoch: string): Planned {
  const key = keyOf(draft, epoch);
  if (key !== undefined) return { ok: true, plan: { room: { id: room.id, epoch, key }, readers: [] } };
  const planned = readersNamed(draft, room.members.map(({ agent }) => agent).sort());
  return planned.ok ? { ok: true, plan: { ...planned.plan, room: { id: room.id, epoch, key } } } : planned;
}

/** Two clones may each have made one: the first is used by all. */
function keyOf(draft: Pick<Draft, 'folder'>, epoch: string): RoomKey | undefined {
  const made = [...draft.folder(roomKeysFolder(epoch))].filter(
    (record): record is RoomKeyRecord => record.kind === 'roomkey' && record.key === record.id,
  );
  const [first] = made.sort((a, b) => (a.id < b.id ? -1 : 1));
  return first === undefined ? undefined : { id: first.id, to: first.to };
}

/** Refused where one of them has no key. */
export function readersNamed(draft: Pick<Draft, 'record' | 'folder'>, names: readonly string[]): Planned {
  const readers: Plan['readers'][number][] = [];
  const without: string[] = [];
  for (const agent of names) {
    // Who is meant may have another name by now.
    const record = draft.record(agentPath(nameIn(draft, { name: agent })));
    if (record?.kind === 'agent' && record.sealTo !== undefined) readers.push({ agent, sealTo: record.sealTo });
    else without.push(agent);
  }
  return without.length === 0 ? { ok: true, plan: { readers } } : noKey(without);
}

export function noKey(names: readonly string[]) {
  const [first = ''] = names;
  const message = `${listed([...names], 5)} ${names.length === 1 ? 'has' : 'have'} no key on the branch, so that nothing can be sealed for ${names.length === 1 ? 'that agent' : 'them'}.`;
  const next = `An agent makes its own: git intercom send ${first} "Please run git intercom key."`;
  return refuse('no-key', message, next, { agents: names });
}

export function isSamePlan(one: Plan, other: Plan): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Keys or members are others than when it was sealed: whoever sent it seals it anew and asks again. */
export function sealAgain() {
  const message = 'Who may read it has changed since it was sealed.';
  return refuse('seal-again', message, 'Send it again.');
}
