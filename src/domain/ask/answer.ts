/** The answer to an ask: the first reply of the agent that was asked, while the ask is open, to the one who asked. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { file } from '../message/file.ts';
import { askPath, messagePath } from '../record/path.ts';
import type { MessageRecord } from '../record/record.ts';
import { isAsk, settleAsks } from './open.ts';

/** Whether the reply is the answer; then the ask is open no more. Any other reply is mail, and nothing else. */
export function answer(
  draft: Draft,
  { original, reply }: { readonly original: MessageRecord; readonly reply: MessageRecord },
  context: Context,
): boolean {
  const ask = isAsk(original) ? draft.record(messagePath(original.id)) : undefined;
  if (!isAsk(ask)) return false;
  settleAsks(draft, context);
  if (draft.record(askPath(ask.id)) === undefined) return false;
  if (!ask.to.includes(reply.agent) || !reply.to.includes(ask.agent)) return false;
  draft.remove(askPath(ask.id));
  file(draft, { ...ask, ask: { ...ask.ask, answer: reply.id } });
  return true;
}
