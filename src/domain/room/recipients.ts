/** Whom a room's address means: its members now, the sender excepted. Whoever knows a public room may write to it; to any other only who is in it. */
import type { Actor } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { Recipients } from '../message/recipients.ts';
import { refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';
import { whoInvites } from './change.ts';
import { findRoom, memberOf } from './find.ts';

/** No name of an agent begins so. */
export function isRoomAddress(to: string): boolean {
  return to.startsWith('@');
}

/** That may be nobody: the message is recorded all the same, as one to all is. */
export function roomRecipients(
  draft: Draft,
  wanted: readonly string[],
  sender: Pick<Actor, 'name' | 'uid'>,
): Recipients {
  const [address = '', ...others] = [...new Set(wanted)];
  if (others.length > 0) {
    const message = `A message to a room goes to that room alone, and not to ${oneLine(wanted.join(', '), 120)}.`;
    return refuse('unknown-recipient', message, 'Send it once to the room, and once to the others.', {
      unknown: wanted.filter(isRoomAddress),
      nearest: [],
    });
  }
  const found = findRoom(draft, address);
  if (!found.ok) return found;
  if (found.room.visibility !== 'public' && memberOf(found.room, sender.uid) === undefined) {
    const message = `@${found.room.id} is ${found.room.visibility}, and ${sender.name} is not in it.`;
    return refuse('not-member', message, whoInvites(found.room), { room: found.room.id });
  }
  if (found.room.displaced?.includes(sender.uid) && memberOf(found.room, sender.uid) === undefined) {
    const message = `@${found.room.id} is a public room of ${found.room.agent}, and not the private one that ${sender.name} made: this would stand in the open.`;
    const next = `Make yours under another name, or run git intercom room join ${found.room.id} to talk in this one.`;
    return refuse('must-be-sealed', message, next, { room: found.room.id });
  }
  const names = found.room.members.map(({ agent }) => agent).filter((name) => name !== sender.name);
  return { ok: true, audience: 'room', room: found.room.id, names };
}
