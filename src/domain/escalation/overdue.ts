/**
 * Acknowledgement that is overdue. With `escalation.ackOverdue` a message that wants one, or is urgent, lies in `awaited` as well
 * from when it is sent. Whoever writes next after the time has run out makes it an escalation, and tells its sender once; nobody has
 * to run anything. It is over when the last recipient has acknowledged, or a person answers.
 */
import { namesFor } from '../agent/visibility.ts';
import type { Context, Headline } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { file } from '../message/file.ts';
import { notify } from '../message/notify.ts';
import { hasAcknowledged, isUnread } from '../message/receipt.ts';
import { isTakenBack } from '../message/withdraw.ts';
import { awaitedFolder, awaitedPath, broadcastPath, escalationPath, inboxPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import { formatDuration, msOf } from '../time.ts';
import { type Escalation, openEscalation, openEscalations } from './open.ts';

/** In one commit; the rest is the next writer's. */
const lookedAtMax = 50;

/** A request of one's own time is over by itself: asks have an end, and an escalation waits already. */
export function awaitAcknowledgement(draft: Draft, message: MessageRecord, { policy }: Context): void {
  if (policy.escalation.ackOverdueSeconds === null || message.purpose !== 'message') return;
  if (message.ask !== undefined || message.escalation !== undefined || message.to.length === 0) return;
  if (message.ackWanted || message.importance === 'urgent') draft.put(awaitedPath(message.id), message);
}

/** Answers what became an escalation by it. Writes nothing where the policy sets no time. */
export function settleOverdue(draft: Draft, context: Context): Escalation[] {
  const seconds = context.policy.escalation.ackOverdueSeconds;
  if (seconds === null) return [];
  for (const open of openEscalations(draft)) closeWhenAcknowledged(draft, open.id, context);
  const beforeMs = context.nowMs - seconds * 1000;
  return [...draft.folder(awaitedFolder)]
    .filter((record): record is MessageRecord => record.kind === 'message' && msOf(record.at) <= beforeMs)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, lookedAtMax)
    .flatMap((awaited) => {
      draft.remove(awaitedPath(awaited.id));
      const message = draft.record(messagePath(awaited.id));
      return message?.kind === 'message' ? raise(draft, message, seconds, context) : [];
    });
}

function raise(draft: Draft, message: MessageRecord, seconds: number, context: Context): Escalation[] {
  const owing = owingOf(draft, message);
  if (owing.length === 0 || message.escalation !== undefined) return [];
  const since = formatDuration(seconds);
  const by = listed(owing, 3);
  // Everybody reads why; its sender wrote to them by name.
  const shown = listed([...new Set(owing.map(namesFor(draft, undefined)))], 3);
  const escalation = { overdue: true, why: oneLine(`not acknowledged by ${shown} in ${since}`, 500) };
  const raised: Escalation = { ...message, escalation };
  put(draft, raised);
  draft.put(escalationPath(message.id), raised);
  notify(draft, context, {
    to: message.agent,
    subject: `Not acknowledged in ${since}: ${oneLine(message.subject ?? message.text, 100)}`,
    text: `${by} did not acknowledge ${message.id}. It is put before a person now: git intercom escalations.`,
    importance: 'normal',
    about: { what: 'overdue', claims: [message.id] },
  });
  return [raised];
}

/** Those who have it unread: neither taken note of, nor expired, nor taken back by its sender. */
export function owingOf(draft: Draft, message: MessageRecord): string[] {
  if (isTakenBack(message)) return [];
  return message.to.filter((name) =>
    message.audience === 'named'
      ? draft.record(inboxPath(name, message.id)) !== undefined && !hasAcknowledged(draft, message.id, name)
      : isUnread(draft, message.id, name),
  );
}

/** By the last one who had it unread. */
export function closeWhenAcknowledged(draft: Draft, id: string, { actor, now }: Context): void {
  const open = openEscalation(draft, id);
  if (open?.escalation.overdue !== true || owingOf(draft, open).length > 0) return;
  draft.remove(escalationPath(id));
  put(draft, { ...open, escalation: { ...open.escalation, by: actor.name, closed: now } });
}

/** Wherever the same message lies. */
function put(draft: Draft, message: MessageRecord): void {
  file(draft, message);
  const copies = [...message.to.map((name) => inboxPath(name, message.id)), broadcastPath(message.id)];
  for (const path of copies) if (draft.record(path) !== undefined) draft.put(path, message);
}

/** Of a commit that does nothing else. */
export function overdueHeadline(raised: readonly Escalation[]): Headline {
  const [first] = raised as readonly [Escalation];
  const more = raised.length > 1 ? ` and ${raised.length - 1} more` : '';
  const what = oneLine(first.subject ?? first.text, 80);
  return { op: 'escalate', subject: `overdue ${first.agent}: ${what}${more}`, ids: raised.map(({ id }) => id) };
}
