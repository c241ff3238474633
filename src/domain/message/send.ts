/**
 * Sending: to one, several, or everyone. A message is stored once in its thread; a named recipient has it in the inbox
 * as well (the same blob), and a message to all lies once in `broadcast` until everyone has acknowledged it.
 */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { recallKey, rememberKey } from '../key.ts';
import { messageTextBytesMax, recipientsMax, subjectCharsMax } from '../limits.ts';
import { agentsFolder, broadcastPath, inboxPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed, oneLine, plainText } from '../text.ts';
import { instantOf } from '../time.ts';
import { file } from './file.ts';
import { recipients } from './recipients.ts';
import { withdraw } from './withdraw.ts';

export interface SendIntent {
  /** Names, or just `all`. */
  readonly to: readonly string[];
  readonly text: string;
  readonly subject?: string | undefined;
  readonly thread?: string | undefined;
  readonly importance?: MessageRecord['importance'] | undefined;
  readonly ackWanted?: boolean | undefined;
  readonly purpose?: MessageRecord['purpose'] | undefined;
  readonly replyTo?: string | undefined;
  readonly supersedes?: string | undefined;
  readonly expiresInSeconds?: number | undefined;
  readonly attachments?: MessageRecord['attachments'];
  readonly key?: string | undefined;
}

export function decideSend(draft: Draft, intent: SendIntent, context: Context): Decision<{ message: MessageRecord }> {
  const text = plainText(intent.text);
  const tooLarge = whyTooLarge(text, intent);
  if (tooLarge !== undefined) return { ok: false, refusal: tooLarge };
  const fingerprint = [...intent.to, '', intent.subject ?? '', text].join('\n');
  const recalled = recallKey<{ message: MessageRecord }>(draft, { op: 'send', key: intent.key, fingerprint }, context);
  if (recalled !== undefined) return recalled;
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const to = recipients(intent.to, [...draft.folder(agentsFolder)], context.actor.name);
  if (!to.ok) return to;

  const id = context.newId();
  const message: MessageRecord = {
    v: 1,
    id,
    kind: 'message',
    agent: context.actor.name,
    at: context.now,
    uid: context.actor.uid,
    to: to.names,
    audience: to.audience,
    thread: intent.thread ?? id,
    purpose: intent.purpose ?? 'message',
    subject: intent.subject === undefined ? undefined : oneLine(intent.subject, subjectCharsMax) || undefined,
    importance: intent.importance ?? 'normal',
    ackWanted: intent.ackWanted ?? false,
    replyTo: intent.replyTo,
    supersedes: intent.supersedes,
    expires:
      intent.expiresInSeconds === undefined ? undefined : instantOf(context.nowMs + intent.expiresInSeconds * 1000),
    attachments: intent.attachments,
    text,
  };
  if (intent.supersedes !== undefined) {
    const refused = withdraw(draft, intent.supersedes, context);
    if (refused !== undefined) return { ok: false, refusal: refused };
  }
  file(draft, message);
  if (to.audience === 'all') {
    if (to.names.length > 0) draft.put(broadcastPath(id), message);
  } else {
    for (const name of to.names) draft.put(inboxPath(name, id), message);
  }
  rememberKey(draft, { op: 'send', key: intent.key, fingerprint, result: { message } }, context);
  return {
    ok: true,
    result: { message },
    headline: { op: 'send', subject: sendSubject(message), ids: [id], key: intent.key },
  };
}

export function sendSubject(message: MessageRecord): string {
  const to = message.audience === 'all' ? 'all' : listed(message.to);
  const urgent = message.importance === 'urgent' ? 'urgent ' : '';
  return `${urgent}message ${message.agent} → ${to}: ${oneLine(message.subject ?? message.text, 80)}`;
}

function whyTooLarge(text: string, intent: SendIntent): Refusal | undefined {
  const texts = [text, ...(intent.attachments ?? []).map((attachment) => attachment.text ?? '')];
  const bytes = texts.reduce((sum, each) => sum + new TextEncoder().encode(each).length, 0);
  if (bytes > messageTextBytesMax) {
    const message = `The message has ${bytes} bytes with its attached lines, and ${messageTextBytesMax} is the most.`;
    return refuse('too-large', message, 'Put the text into a file of the repository and attach it without its lines.', {
      bytes,
      bytesMax: messageTextBytesMax,
    }).refusal;
  }
  if (intent.to.length > recipientsMax) {
    return refuse('too-many', `At most ${recipientsMax} recipients at a time.`, 'Send to all instead.').refusal;
  }
  return undefined;
}
