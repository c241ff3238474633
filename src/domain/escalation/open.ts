/**
 * An escalation is a message that waits for a person. While it is open the same blob lies in `escalations` as well; how it
 * ended stands in the message itself. It has no end of its own: nobody's clock closes it.
 */
import type { Draft } from '../draft.ts';
import { escalationPath, escalationsFolder } from '../record/path.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';

export type Escalation = MessageRecord & { readonly escalation: NonNullable<MessageRecord['escalation']> };

type Reader = Pick<Draft, 'folder' | 'record'>;

export function isEscalation(record: AnyRecord | undefined): record is Escalation {
  return record?.kind === 'message' && record.escalation !== undefined;
}

/** In the order in which they were raised. */
export function openEscalations(draft: Reader): Escalation[] {
  return [...draft.folder(escalationsFolder)].filter(isEscalation).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function openEscalation(draft: Reader, id: string): Escalation | undefined {
  const record = draft.record(escalationPath(id));
  return isEscalation(record) ? record : undefined;
}

/** The open ones that an answer to this message settles: itself, those about it, and those about the same. */
export function settledBy(draft: Reader, message: MessageRecord): Escalation[] {
  const meant = new Set([message.id, message.escalation?.about].filter((id) => id !== undefined));
  return openEscalations(draft).filter(
    ({ id, escalation }) => meant.has(id) || (escalation.about !== undefined && meant.has(escalation.about)),
  );
}
