/** What the end of an ask says. That it was asked, and that it was answered, is said by the messages themselves. */
import type { MessageRecord } from '../record/record.ts';
import { said, whom } from './message.ts';
import type { Notice, Watcher } from './notice.ts';

/** `after` is the message itself as it stands now, where it changed: an answer or a cancellation is written there. */
export function askNotices(
  before: MessageRecord | undefined,
  after: MessageRecord | undefined,
  { name, now }: Watcher,
): Notice[] {
  if (before === undefined || after?.ask?.answer !== undefined) return [];
  const { agent, id, to } = before;
  const isTakenBack = after?.ask?.cancelled !== undefined;
  const text = isTakenBack
    ? `${agent} takes the ask to ${whom(before)} back: ${said(before)}`
    : `${whom(before)} did not answer ${agent} in time: ${said(before)}`;
  return [{ kind: 'ask-over', at: now, agent, id, paths: [], text, forYou: agent === name || to.includes(name) }];
}
