/** Parts of a commit that is sealed anew: what a message of a room says, and the same under the key of who is in it now. */
import { roomKeyPath } from '../domain/record/path.ts';
import type { MessageRecord, RoomKeyRecord } from '../domain/record/record.ts';
import { type Content, formatContent, parseContent } from '../domain/sealed/content.ts';
import type { Planned } from '../domain/sealed/plan.ts';
import type { Change, View } from '../domain/view.ts';
import type { Identity, Sealing } from './port.ts';

/** For the membership of a room. */
export type Sealed = MessageRecord & { readonly room: string; readonly sealed: NonNullable<MessageRecord['sealed']> };

export interface Parts {
  readonly sealing: Sealing;
  /** Looks at the tip that it is decided on. */
  readonly ask: <T>(query: (view: View) => T) => Promise<T>;
  readonly newId: () => string;
  /** Keys of rooms that earlier commits of the chain made. */
  readonly keys: ReadonlyMap<string, RoomKeyRecord>;
}

/** Undefined where none of these opens it. They are asked for only where the branch has the key of the room. */
export async function contentOf(
  { sealed }: Sealed,
  identities: () => Promise<readonly Identity[]>,
  { sealing, ask, keys }: Parts,
): Promise<Content | undefined> {
  const { epoch = '', key = '', text } = sealed;
  const known = keys.get(key) ?? (await ask((view) => view.record(roomKeyPath(epoch, key))));
  if (known?.kind !== 'roomkey') return undefined;
  const identity = await sealing.open(known.sealed, await identities());
  const json = identity === undefined ? undefined : await sealing.open(text, [identity]);
  return json === undefined ? undefined : parseContent(json);
}

interface SealedAnew {
  readonly sealed: NonNullable<MessageRecord['sealed']>;
  /** The key of the membership, where it had none yet. */
  readonly newKey: readonly Change[];
}

/** In the name of `by`. Undefined where one of them has no key. */
export async function sealedForMembers(
  content: Content,
  planned: Planned,
  {
    by,
    sealing,
    newId,
  }: Pick<Parts, 'sealing' | 'newId'> & { readonly by: Pick<RoomKeyRecord, 'agent' | 'uid' | 'at'> },
): Promise<SealedAnew | undefined> {
  if (!planned.ok || planned.plan.room === undefined) return undefined;
  const { id: room, epoch, key } = planned.plan.room;
  const made = key === undefined ? await keyFor(planned.plan.readers, sealing) : undefined;
  const keyId = key?.id ?? newId();
  const text = await sealing.seal(formatContent(content), [key?.to ?? made?.to ?? '']);
  const { agent, at, uid } = by;
  const record: RoomKeyRecord | undefined = made && {
    ...{ v: 1, id: keyId, kind: 'roomkey', agent, at, uid, room, epoch, key: keyId },
    ...made,
  };
  return {
    sealed: { epoch, key: keyId, text },
    newKey: record === undefined ? [] : [added(roomKeyPath(epoch, keyId), record)],
  };
}

/** The public key, and the private one for these. */
async function keyFor(readers: readonly { readonly sealTo: string }[], sealing: Sealing) {
  const { identity, recipient } = await sealing.makePair();
  const sealed = await sealing.seal(
    identity,
    readers.map(({ sealTo }) => sealTo),
  );
  return { to: recipient, sealed };
}

export function added(path: string, after: MessageRecord | RoomKeyRecord): Change {
  return { path, before: undefined, after };
}
