/** A notice from the system of claims to one agent: mail like any other, so it is kept until acknowledged. */

import { nameIn } from '../agent/former.ts';
import { isListed } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { personMark } from '../escalation/person.ts';
import { aboutClaimsMax, noticeCharsMax } from '../limits.ts';
import { agentPath, inboxPath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { oneLine, plainText } from '../text.ts';
import { file } from './file.ts';

/** What happened to which claims, or to which spec: where that is decided again and comes out otherwise, the notice is not repeated. */
export interface About {
  readonly what:
    | 'taken'
    | 'reaped'
    | 'released'
    | 'handed'
    | 'claimed'
    | 'withdrawn'
    | 'published'
    | 'renumbered'
    | 'overdue'
    | 'undelivered';
  /** Ids; of `overdue` and `undelivered` that of the message. */
  readonly claims: readonly string[];
  readonly spec?: string;
  readonly version?: number;
}

const impersonal: readonly About['what'][] = ['taken', 'reaped', 'released', 'claimed'];

export function notify(
  draft: Draft,
  context: Context,
  notice: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly importance?: 'low' | 'normal';
    readonly about?: About;
  },
): void {
  // What is over names its author as it was called then.
  const to = nameIn(draft, { name: notice.to });
  const id = context.formerNotice?.({ to, about: notice.about }) ?? context.newId();
  const record: MessageRecord = {
    v: 1,
    id,
    kind: 'message',
    agent: context.actor.name,
    at: context.now,
    uid: context.actor.uid,
    ...personMark(context),
    to: [to],
    audience: 'named',
    thread: id,
    purpose: 'notice',
    subject: oneLine(notice.subject, 200),
    importance: notice.importance ?? 'high',
    ackWanted: false,
    unnamed: isUnnamed(draft, notice.about, context) ? true : undefined,
    about: notice.about && { ...notice.about, claims: notice.about.claims.slice(0, aboutClaimsMax) },
    text: plainText(notice.text, noticeCharsMax),
  };
  file(draft, record);
  draft.put(inboxPath(to, id), record);
}

/** What happens to a claim by rules is no word of the agent that acted; where it hides, it is not named. */
function isUnnamed(draft: Draft, about: About | undefined, { actor }: Context): boolean {
  if (about === undefined || !impersonal.includes(about.what)) return false;
  const record = draft.record(agentPath(actor.name));
  return record?.kind === 'agent' && !isListed(record);
}
