/** `escalations`: what waits for a person. */
import * as z from 'zod';
import { namesFor } from '../domain/agent/visibility.ts';
import {
  escalationsFor,
  type OpenEscalation,
  type ShownEscalation,
  shownEscalation,
} from '../domain/escalation/present.ts';
import { shownMessage } from '../domain/message/present.ts';
import { escalationsFolder } from '../domain/record/path.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { opened } from './sealed/opened.ts';
import type { Session } from './session.ts';

export const escalations = defineOperation({
  name: 'escalations',
  summary: 'See what waits for a person to decide; it stays until a person answers it.',
  effect: 'read',
  input: z.object({}),
  run: async (_input, session) => {
    const open = await session.store.read((view) => escalationsIn(view, { name: session.self.name, isPerson: true }));
    return done({ escalations: await shownEscalations(open, session) });
  },
});

/** All for a person; for an agent those that it raised. Oldest first. */
export function escalationsIn(view: View, self: { name: string; isPerson: boolean }): OpenEscalation[] {
  const open = [...view.folder(escalationsFolder).values()].flatMap((record) =>
    record.kind === 'message' ? [shownMessage(record)] : [],
  );
  return escalationsFor(open, self, namesFor(view, self.name));
}

export async function shownEscalations(open: readonly OpenEscalation[], session: Session): Promise<ShownEscalation[]> {
  const messages = await opened(
    open.map(({ message }) => message),
    session,
  );
  return messages.map((message, n) => shownEscalation(message, open[n]?.to ?? message.to));
}

/** Ids of messages that a person is asked to decide about, or that ask so. */
export function escalatedIds(view: View): ReadonlySet<string> {
  const open = escalationsIn(view, { name: '', isPerson: true });
  return new Set(
    open.flatMap(({ message: { id, escalation } }) => [id, ...(escalation?.about ? [escalation.about] : [])]),
  );
}
