/**
 * Sending: to one, several, a room, or everyone. A message is stored once in its thread; a named recipient has it in the
 * inbox as well (the same blob), and a message to a room or to all lies once in `broadcast` until everyone has acknowledged it.
 */
import { nameIn } from '../agent/former.ts';
import { register } from '../agent/register.ts';
import { withoutLongTexts } from '../attachment/apart.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { awaitAcknowledgement } from '../escalation/overdue.ts';
import { personMark } from '../escalation/person.ts';
import { whyNoFileName } from '../file-name.ts';
import { idForm } from '../id.ts';
import { recallKey, rememberKey } from '../key.ts';
import { attachmentsMax, expirySecondsMax, messageTextBytesMax, recipientsMax, subjectCharsMax } from '../limits.ts';
import { broadcastPath, inboxPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isRoomAddress, roomRecipients } from '../room/recipients.ts';
import { plainAttachment, sealedWord } from '../sealed/content.ts';
import { type Sealing, sealedFor, whyNotOpen } from '../sealed/seal.ts';
import { listed, oneLine, plainText } from '../text.ts';
import { instantOf } from '../time.ts';
import { addressed } from './addressed.ts';
import { dampingOf } from './damping.ts';
import { file } from './file.ts';
import { whyInboxFull } from './inbox-bound.ts';
import { agentRecords, type Recipients, recipients } from './recipients.ts';
import { whyTooLarge } from './too-large.ts';
import { withdraw } from './withdraw.ts';

export interface SendIntent {
  /** Names, or just `all`, or just a room such as `@ops`. */
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
  /** It waits for an answer; only asking makes it so. */
  readonly ask?: MessageRecord['ask'];
  /** It waits for a person; only escalating makes it so. It may have no recipient yet. */
  readonly escalation?: MessageRecord['escalation'];
  /** Of the answer to an interview. */
  readonly answers?: MessageRecord['answers'];
  /** Subject, text and attachments are then under it, and stand nowhere else. */
  readonly sealed?: Sealing | undefined;
  /** It is not taken open: it answers what was sealed. */
  readonly mustSeal?: boolean | undefined;
  readonly key?: string | undefined;
}

export function decideSend(draft: Draft, intent: SendIntent, context: Context): Decision<{ message: MessageRecord }> {
  const text = plainText(intent.text);
  const flaw = whyNoMessage(text, intent);
  if (flaw !== undefined) return { ok: false, refusal: flaw };
  const open = whyNotOpen(draft, intent, context);
  if (open !== undefined) return { ok: false, refusal: open };
  // Of what is sealed not even a hash is told: short texts can be guessed.
  const said = intent.sealed === undefined ? [intent.subject ?? '', text] : [sealedWord];
  const fingerprint = [...intent.to, '', ...said].join('\n');
  const recalled = recallKey<{ message: MessageRecord }>(draft, { op: 'send', key: intent.key, fingerprint }, context);
  if (recalled !== undefined)
    return recalled.ok ? { ...recalled, result: wholeAgain(draft, recalled.result) } : recalled;
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const to = reached(draft, intent, context);
  if (!to.ok) return to;
  const under = sealedFor(draft, to, intent, context);
  if (!under.ok) return under;
  const { sealed } = under;
  const attachments = intent.attachments?.map(plainAttachment);
  const structure = JSON.stringify([intent.ask?.questions ?? [], intent.answers ?? {}]);
  const tooLarge = whyTooLarge([sealed?.text ?? text, structure], sealed ? [] : (attachments ?? []), to.names);
  if (tooLarge !== undefined) return { ok: false, refusal: tooLarge };
  if (intent.supersedes !== undefined) {
    const refused = withdraw(draft, intent.supersedes, context);
    if (refused !== undefined) return { ok: false, refusal: refused };
  }
  const full = whyInboxFull(draft, { ...intent, to: to.names, audience: to.audience, room: to.room }, context);
  if (full !== undefined) return { ok: false, refusal: full };
  const damping = dampingOf(draft, { ...intent, to: to.names }, context);

  const id = context.newId();
  const message: MessageRecord = {
    v: 1,
    id,
    kind: 'message',
    agent: context.actor.name,
    at: context.now,
    uid: context.actor.uid,
    ...personMark(context),
    to: to.names,
    audience: to.audience,
    room: to.room,
    thread: intent.thread ?? id,
    purpose: intent.purpose ?? 'message',
    subject: sealed || intent.subject === undefined ? undefined : oneLine(intent.subject, subjectCharsMax) || undefined,
    importance: intent.importance ?? 'normal',
    ackWanted: intent.ackWanted ?? false,
    replyTo: intent.replyTo,
    supersedes: intent.supersedes,
    expires: expiryOf(intent, context),
    ask: intent.ask,
    answers: intent.answers,
    escalation: intent.escalation,
    ...damping,
    attachments: sealed ? undefined : attachments,
    allowedSecret: context.allowedSecret,
    sealed,
    text: sealed ? sealedWord : text,
  };
  file(draft, message);
  if (to.audience !== 'named') {
    if (to.names.length > 0) draft.put(broadcastPath(id), message);
  } else {
    for (const name of to.names) draft.put(inboxPath(name, id), message);
  }
  awaitAcknowledgement(draft, message, context);
  rememberKey(
    draft,
    { op: 'send', key: intent.key, fingerprint, result: { message: withoutLongTexts(message) } },
    context,
  );
  return {
    ok: true,
    result: { message },
    headline: { op: 'send', subject: sendSubject(message), ids: [id], key: intent.key },
  };
}

/** What is remembered under a key has no long texts: they are where the message is, for as long as it is in the tree. */
function wholeAgain(draft: Draft, { message }: { readonly message: MessageRecord }) {
  const present = draft.record(messagePath(message.id));
  return { message: present?.kind === 'message' ? { ...message, attachments: present.attachments } : message };
}

/** An escalation may wait for a person whom nobody knows yet. */
function reached(draft: Draft, { to, escalation, replyTo }: SendIntent, { actor }: Context): Recipients {
  if (escalation !== undefined && to.length === 0) return { ok: true, audience: 'named', names: [] };
  if (to.some(isRoomAddress)) return roomRecipients(draft, to, actor);
  const answered = () => {
    const original = replyTo === undefined ? undefined : draft.record(messagePath(replyTo));
    if (original?.kind !== 'message' || !original.to.includes(actor.name)) return undefined;
    return nameIn(draft, { name: original.agent, uid: original.uid });
  };
  return recipients(to, agentRecords(draft), actor.name, answered);
}

export function sendSubject(message: MessageRecord): string {
  const to = listed(addressed(message));
  const urgent = message.importance === 'urgent' ? 'urgent ' : '';
  return `${urgent}message ${message.agent} → ${to}: ${oneLine(message.subject ?? message.text, 80)}`;
}

function expiryOf({ expiresInSeconds }: SendIntent, { nowMs }: Context): string | undefined {
  if (expiresInSeconds === undefined) return undefined;
  return instantOf(nowMs + Math.min(expiresInSeconds, expirySecondsMax) * 1000);
}

/** What is wrong with the request, whoever is there to get it. */
export function whyNoMessage(text: string, intent: SendIntent): Refusal | undefined {
  // Of what is sealed only its author knows whether it says something.
  if (text.trim() === '' && intent.sealed === undefined && (intent.attachments?.length ?? 0) === 0) {
    return refuse('no-text', 'The message says nothing.', 'Write what it is about.').refusal;
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > messageTextBytesMax) {
    const message = `The message has ${bytes} bytes, and ${messageTextBytesMax} is the most.`;
    return refuse('too-large', message, 'Put the text into a file of the repository and name it, or attach lines.', {
      bytes,
      bytesMax: messageTextBytesMax,
    }).refusal;
  }
  if (intent.purpose === 'progress' && intent.importance === 'urgent') {
    const next = 'Send it as a message, or as progress of another importance.';
    return refuse('bad-importance', 'Progress interrupts nobody, and cannot be urgent.', next).refusal;
  }
  if (intent.to.length > recipientsMax) {
    return refuse('too-many', `At most ${recipientsMax} recipients at a time.`, 'Send to all instead.').refusal;
  }
  if ((intent.attachments?.length ?? 0) > attachmentsMax) {
    return refuse('too-many', `At most ${attachmentsMax} attachments to a message.`, 'Send several messages.').refusal;
  }
  if (intent.thread !== undefined && (!idForm.test(intent.thread) || whyNoFileName(intent.thread) !== undefined)) {
    const message = `${JSON.stringify(oneLine(intent.thread, 80))} cannot name a thread.`;
    return refuse('bad-name', message, 'Name a message of the thread, or a new thread such as login-refactor.').refusal;
  }
  return undefined;
}
