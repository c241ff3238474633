/** Open asks as answers show them: the same keys in `pending`, in `peek`, in tools and in the library. */
import type { Signature } from '../check/seen-commit.ts';
import type { ShownAsking, ShownMessage } from '../message/present.ts';
import { msOf } from '../time.ts';

export interface ShownAsk {
  readonly id: string;
  readonly thread: string;
  readonly from: string;
  readonly fromPerson?: true;
  readonly to: readonly string[];
  readonly at: string;
  /** Until when it is open. */
  readonly expires: string;
  /** The asker cannot go on without it. */
  readonly decision: boolean;
  readonly subject: string | null;
  readonly text: string;
  /** Of an interview alone: what the answer must fit. */
  readonly questions?: NonNullable<ShownAsking['questions']>;
  /** As of a message. */
  readonly sealed?: ShownMessage['sealed'];
  readonly signature?: Signature;
}

/** Those that this agent asked, and those that were asked of it, in the order in which they were asked. */
export function pendingAsks(asks: Iterable<ShownMessage>, agent: string, nowMs: number): ShownMessage[] {
  const pending = [...asks].filter(
    ({ from, to, ask }) => ask !== null && msOf(ask.until) > nowMs && (from === agent || to.includes(agent)),
  );
  return pending.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** With its signature where somebody signs, and as its reader opened it where it is sealed. */
export function shownAsk({
  id,
  thread,
  from,
  fromPerson,
  to,
  at,
  subject,
  text,
  ask,
  sealed,
  signature,
}: ShownMessage): ShownAsk {
  return {
    ...{ id, thread, from, to, at, expires: ask?.until ?? at, decision: ask?.decision ?? false, subject, text },
    ...(ask?.questions && { questions: ask.questions }),
    ...(fromPerson === true && { fromPerson }),
    ...(sealed !== undefined && { sealed }),
    ...(signature !== undefined && { signature }),
  };
}
