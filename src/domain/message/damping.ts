/**
 * Two agents that answer each other for ever. Each answer counts one more round; after some the next ones interrupt
 * nobody: no hook, wake-up or tool puts them before the agent unasked, however important they say they are. They lie in
 * the inbox, and come with the next prompt or `peek`. A person who writes, or a pause, begins anew. Asks and their
 * answers come through, for somebody waits for them: how many go to and fro is bounded where they are asked.
 */
import { openAsk } from '../ask/open.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isPerson } from '../escalation/person.ts';
import { answeringPauseSeconds, roundsCountedMax, roundsMax } from '../limits.ts';
import { inboxFolder, messagePath, threadFolder } from '../record/path.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import { lastHeard } from './heard.ts';

interface Sending extends Pick<MessageRecord, 'to' | 'replyTo' | 'ask' | 'escalation'> {
  readonly thread?: string | undefined;
}

/** Nothing for the first of a row, for a person's, and for what a person is to decide. */
export function dampingOf(draft: Draft, sending: Sending, context: Context): Pick<MessageRecord, 'round' | 'damped'> {
  if (isPerson(context.actor) || sending.escalation !== undefined) return {};
  const answered = answeredBy(draft, sending, context);
  if (answered === undefined || answered.purpose === 'notice') return {};
  if (context.nowMs - msOf(answered.at) >= answeringPauseSeconds * 1000) return {};
  const round = Math.min((answered.round ?? 0) + 1, roundsCountedMax);
  const { ask, replyTo } = sending;
  const isAwaited = ask !== undefined || (replyTo !== undefined && openAsk(draft, replyTo, context) !== undefined);
  return round > roundsMax && !isAwaited ? { round, damped: true } : { round };
}

type Answered = Pick<MessageRecord, 'at' | 'round'> & Partial<Pick<MessageRecord, 'purpose'>>;

/** What it replies to; else the last word of another in its thread, or of a recipient that the sender has in the inbox or acknowledged. */
function answeredBy(draft: Draft, { to, thread, replyTo }: Sending, context: Context): Answered | undefined {
  const self = context.actor.name;
  if (replyTo !== undefined) return others([draft.record(messagePath(replyTo))], self)[0];
  const inThread =
    thread === undefined
      ? []
      : others([draft.record(messagePath(thread)), ...draft.folder(threadFolder(thread))], self);
  // A thread that is new is no way around: what it goes on with was said elsewhere.
  if (inThread.length > 0) return latest(inThread);
  const unread = others([...draft.folder(inboxFolder(self))], self);
  const last = latest(unread.filter(({ agent }) => to.includes(agent)));
  const heard = lastHeard(draft, to, context);
  return last === undefined || (heard !== undefined && heard.at > last.at) ? heard : last;
}

function others(records: readonly (AnyRecord | undefined)[], self: string): MessageRecord[] {
  return records.filter((record): record is MessageRecord => record?.kind === 'message' && record.agent !== self);
}

function latest(messages: readonly MessageRecord[]): MessageRecord | undefined {
  return messages.reduce<MessageRecord | undefined>(
    (last, message) => (last === undefined || message.id > last.id ? message : last),
    undefined,
  );
}
