/** Telling one's public key. Where it is another than before, the rooms that one is in get new keys with the next message. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { agentPath, roomPath, roomsFolder } from '../record/path.ts';
import { memberOf } from '../room/find.ts';

export function decideKey(draft: Draft, context: Context): Decision<{ readonly isNew: boolean }> {
  const { name, uid, sealTo } = context.actor;
  const before = draft.record(agentPath(name));
  const known = before?.kind === 'agent' ? before.sealTo : undefined;
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const isAnother = known !== undefined && known !== sealTo;
  for (const room of isAnother ? [...draft.folder(roomsFolder)] : []) {
    if (room.kind !== 'room' || room.epoch === undefined || memberOf(room, uid) === undefined) continue;
    draft.put(roomPath(room.id), { ...room, epoch: context.newId(), version: room.version + 1 });
  }
  const subject = isAnother ? `${name} has another key` : `${name} has a key`;
  return { ok: true, result: { isNew: known !== sealTo }, headline: { op: 'key', subject, ids: [] } };
}
