/** Why nothing was found: what it was narrowed to is not there at all. Asked where nothing was, for most narrow well. */

import { Draft } from '../domain/draft.ts';
import { unknownName } from '../domain/message/recipients.ts';
import { agentsFolder, messagePath } from '../domain/record/path.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { findRoom } from '../domain/room/find.ts';
import { oneLine } from '../domain/text.ts';
import { saidThere } from './said-there.ts';
import { secretRoomNamed } from './sealed/secret-rooms.ts';
import type { Session } from './session.ts';
import { wholeId } from './whole-id.ts';

interface Narrowed {
  readonly from?: string | undefined;
  readonly thread?: string | undefined;
  readonly room?: string | undefined;
}

/** Undefined where each of them is somebody or something. */
export async function whyNothing({ from, thread, room }: Narrowed, session: Session): Promise<Refusal | undefined> {
  const { store, self } = session;
  const unknown =
    from === undefined
      ? undefined
      : await store.read((view) => unknownName(from, [...view.folder(agentsFolder).values()], self.name));
  if (unknown !== undefined) return unknown;
  const untrue = thread === undefined ? undefined : await whyNoThread(thread, session);
  if (untrue !== undefined) return untrue;
  if (room === undefined || (await secretRoomNamed(room, session)) !== undefined) return undefined;
  const found = await store.read((view) => findRoom(new Draft(view), room));
  return found.ok ? undefined : found.refusal;
}

/** Any of its messages names it, by its whole id or its ending. */
async function whyNoThread(typed: string, session: Session): Promise<Refusal | undefined> {
  const whole = await wholeId(typed, session, 'past and present');
  if (whole.status !== 'done') return whole.status === 'refused' ? whole.refusal : undefined;
  const [named] = await session.store.archive.last([messagePath(whole.value)]);
  if (named?.kind === 'message') return undefined;
  const { messages } = await saidThere({ thread: whole.value, limit: 1 }, session);
  return messages.length > 0 ? undefined : unknownThread(typed);
}

export function unknownThread(typed: string): Refusal {
  const next = 'Run git intercom search <words> to find it.';
  return refuse('unknown-message', `There is no thread ${oneLine(typed, 80)}.`, next, { id: typed }).refusal;
}
