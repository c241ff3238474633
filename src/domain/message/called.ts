/** What a message calls an agent that got it: what is over keeps the names of its day. */
import { nameIn } from '../agent/former.ts';
import type { Draft } from '../draft.ts';
import type { MessageRecord } from '../record/record.ts';

/** Undefined where it did not go to the agent. A former name counts as long as nobody else has it. */
export function calledIn(
  draft: Pick<Draft, 'record' | 'folder'>,
  { to }: Pick<MessageRecord, 'to'>,
  name: string,
): string | undefined {
  return to.includes(name) ? name : to.find((each) => nameIn(draft, { name: each }) === name);
}
