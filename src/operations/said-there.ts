/** What was said in a thread or a room, in pages from the newest back: bounded, however long it became. */

import { messagePath } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import type { Session } from './session.ts';

export interface SaidThere {
  /** The oldest first. */
  readonly messages: readonly MessageRecord[];
  /** The first of these, where there is more before it: the page before is asked for by it. Null at the beginning. */
  readonly earlier: string | null;
}

interface Asked {
  readonly thread?: string;
  readonly room?: string;
  /** A message: only what was said before it. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Present and past. */
export async function saidThere({ before, limit, ...where }: Asked, { store }: Session): Promise<SaidThere> {
  const found = await store.archive.find({
    ...where,
    phrases: [],
    kind: 'message',
    before: before === undefined ? undefined : messagePath(before),
    limit: limit + 1,
  });
  const messages = found.filter((record): record is MessageRecord => record.kind === 'message');
  const shown = messages.slice(0, limit).reverse();
  return { messages: shown, earlier: messages.length > limit ? (shown[0]?.id ?? null) : null };
}
