/**
 * How much of one sender's mail may lie unread at one recipient. Each pair has a bound of its own, so that one loud agent
 * blocks nobody else, and no importance goes past it. What somebody waits for is never refused: answers to open asks,
 * and escalations, which have bounds of their own.
 */
import { openAsk } from '../ask/open.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { broadcastFolder, inboxFolder } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listed } from '../text.ts';
import { isUnread } from './receipt.ts';

type Sending = Pick<MessageRecord, 'to' | 'audience' | 'room' | 'replyTo' | 'escalation'>;

/** Asked after what the message supersedes is taken back: replacing is always possible. */
export function whyInboxFull(draft: Draft, message: Sending, context: Context): Refusal | undefined {
  const isAwaited = message.replyTo !== undefined && openAsk(draft, message.replyTo, context) !== undefined;
  if (isAwaited || message.escalation !== undefined) return undefined;
  return message.audience === 'named' ? namedFull(draft, message, context) : manyFull(draft, message, context);
}

function namedFull(draft: Draft, { to }: Sending, context: Context): Refusal | undefined {
  const most = context.policy.inboxPerSender;
  const unread = to.map((name) => ({ name, mail: ownIn(draft, inboxFolder(name), context) }));
  const full = unread.filter(({ mail }) => mail.length >= most);
  const [first] = full;
  if (first === undefined) return undefined;
  const names = full.map(({ name }) => name);
  const others = names.length < to.length ? ' Leave them out to reach the others.' : '';
  const has = names.length === 1 ? 'has' : 'have';
  return refusal(`${listed(names, 5)} ${has} ${most} messages of ${context.actor.name} unread`, others, names, {
    most,
    latest: latestOf(first.mail),
  });
}

/** A message to many is refused when none of them would read it: one who is away must not silence a room. */
function manyFull(draft: Draft, { to, audience, room }: Sending, context: Context): Refusal | undefined {
  const most = context.policy.inboxPerSender;
  const own = ownIn(draft, broadcastFolder, context).filter(
    (message) => message.audience === audience && message.room === room,
  );
  if (own.length < most || to.length === 0) return undefined;
  const isFull = (name: string) =>
    own.filter(({ id, to: readers }) => readers.includes(name) && isUnread(draft, id, name)).length >= most;
  if (!to.every(isFull)) return undefined;
  const where = room === undefined ? 'Nobody' : `Nobody in @${room}`;
  return refusal(`${where} has read the last ${most} messages of ${context.actor.name}`, '', to, {
    most,
    latest: latestOf(own),
  });
}

function ownIn(draft: Draft, folder: string, { actor }: Context): MessageRecord[] {
  return [...draft.folder(folder)].filter(
    (record): record is MessageRecord =>
      record.kind === 'message' && record.uid === actor.uid && record.purpose !== 'notice',
  );
}

function latestOf(mail: readonly MessageRecord[]): string {
  return (
    mail
      .map(({ id }) => id)
      .sort()
      .at(-1) ?? ''
  );
}

function refusal(
  what: string,
  more: string,
  recipients: readonly string[],
  { most, latest }: { readonly most: number; readonly latest: string },
): Refusal {
  const next = `Wait until some is read (git intercom receipts ${latest}), or replace the last: git intercom send … --supersedes ${latest}.${more}`;
  return refuse('inbox-full', `${what}, and ${most} is the most.`, next, { recipients, most, latest }).refusal;
}
