/** `pending`: the asks that are open, from the asking agent and to it. */
import * as z from 'zod';
import { pendingAsks, type ShownAsk } from '../domain/ask/present.ts';
import { shownMessage } from '../domain/message/present.ts';
import { asksFolder } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';

export const pending = defineOperation({
  name: 'pending',
  summary: 'See the open asks: those that wait for your answer, and those whose answer you wait for.',
  effect: 'read',
  input: z.object({}),
  run: async (_input, { store, self }) =>
    store.read((view, nowMs) => done({ pending: pendingIn(view, self.name, nowMs) })),
});

export function pendingIn(view: View, agent: string, nowMs: number): ShownAsk[] {
  const asks = [...view.folder(asksFolder).values()].flatMap((record) =>
    record.kind === 'message' ? [shownMessage(record)] : [],
  );
  return pendingAsks(asks, agent, nowMs);
}
