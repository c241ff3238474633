/** `send` to a secret room: text, subject and attachments. All else that a message may carry would stand in the open. */

import type { ShownMessage } from '../../domain/message/present.ts';
import { whyNoMessage } from '../../domain/message/send.ts';
import type { MessageRecord } from '../../domain/record/record.ts';
import { refuse } from '../../domain/refusal.ts';
import { memberOf } from '../../domain/room/find.ts';
import { plainAttachment } from '../../domain/sealed/content.ts';
import { oneLine, plainText } from '../../domain/text.ts';
import { type Answer, refused } from '../answer.ts';
import type { Session } from '../session.ts';
import { withKey } from './own-key.ts';
import { sayInSecret } from './secret-mail.ts';
import type { SecretRoom } from './secret-rooms.ts';

interface Sending {
  readonly to: readonly string[];
  readonly text: string;
  readonly subject?: string | undefined;
  readonly attachments?: MessageRecord['attachments'];
  readonly thread?: string | undefined;
  readonly importance?: string | undefined;
  readonly ackWanted?: boolean | undefined;
  readonly supersedes?: string | undefined;
  readonly expiresInSeconds?: number | undefined;
  readonly key?: string | undefined;
}

export async function sendInSecret(
  sending: Sending,
  secret: SecretRoom,
  session: Session,
): Promise<Answer<{ readonly message: ShownMessage }>> {
  const { to, subject, attachments, ...rest } = sending;
  const text = plainText(sending.text);
  const flaw = whyNoMessage(text, { to, text, attachments });
  if (flaw !== undefined) return refused(flaw);
  const isOpen = rest.thread ?? rest.importance ?? rest.supersedes ?? rest.expiresInSeconds ?? rest.key;
  if (isOpen !== undefined || rest.ackWanted === true || to.length > 1) {
    const message = 'A message to a secret room has text, subject and attachments, and nothing besides.';
    return refused(refuse('sealed', message, `Run git intercom send ${to[0]} "…".`).refusal);
  }
  const keyed = await withKey(session);
  if (keyed.status !== 'done') return keyed;
  if (memberOf(secret.room, keyed.value.self.uid ?? '') === undefined) {
    const message = `You are invited to @${secret.room.id}, and not in it.`;
    return refused(refuse('not-member', message, `Run git intercom room accept ${secret.room.id}.`).refusal);
  }
  const content = {
    text,
    subject: subject === undefined ? undefined : oneLine(subject, 200) || undefined,
    attachments: attachments?.map(plainAttachment),
  };
  return sayInSecret(secret, content, keyed.value);
}
