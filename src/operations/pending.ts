/** `pending`: the asks that are open, from the asking agent and to it. */
import * as z from 'zod';
import { pendingAsks, type ShownAsk, shownAsk } from '../domain/ask/present.ts';
import { type ShownMessage, shownMessage } from '../domain/message/present.ts';
import { asksFolder } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';

export const pending = defineOperation({
  name: 'pending',
  summary: 'See the open asks: those that wait for your answer, and those whose answer you wait for.',
  effect: 'read',
  input: z.object({}),
  run: async (_input, session) => {
    const open = await session.store.read((view, nowMs) => pendingIn(view, session.self.name, nowMs));
    return done({ pending: await shownAsks(open, session) });
  },
});

export function pendingIn(view: View, agent: string, nowMs: number): ShownMessage[] {
  const asks = [...view.folder(asksFolder).values()].flatMap((record) =>
    record.kind === 'message' ? [shownMessage(record)] : [],
  );
  return pendingAsks(asks, agent, nowMs);
}

export async function shownAsks(asks: readonly ShownMessage[], session: Session): Promise<ShownAsk[]> {
  return (await opened(asks, session)).map(shownAsk);
}
