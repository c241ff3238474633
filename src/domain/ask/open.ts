/**
 * Which asks are open, and when they are over.
 *
 * The clock of the host that asked decides; another host's may be hours off. So it allows the drift before it takes an
 * ask for over, and a day before it takes it out of the tree: until then an answer still counts.
 */
import { isOver, isPlaceOver } from '../claim/lease.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { askPath, asksFolder } from '../record/path.ts';
import type { AnyRecord, MessageRecord } from '../record/record.ts';

export type Ask = MessageRecord & { readonly ask: NonNullable<MessageRecord['ask']> };

export function isAsk(record: AnyRecord | undefined): record is Ask {
  return record?.kind === 'message' && record.ask !== undefined;
}

/** In the order in which they were asked. */
export function openAsks(draft: Draft, context: Context): Ask[] {
  const open = asksIn(draft).filter((ask) => !isOver(endOf(ask), context));
  return open.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The ask of this id, while it waits for an answer. */
export function openAsk(draft: Draft, id: string, context: Context): Ask | undefined {
  const record = draft.record(askPath(id));
  return isAsk(record) && !isOver(endOf(record), context) ? record : undefined;
}

/** The ask of this id, while an answer still counts: of another host's clock that is for a day after its end. */
export function answerableAsk(draft: Draft, id: string, context: Context): Ask | undefined {
  const record = draft.record(askPath(id));
  return isAsk(record) && !isPlaceOver(endOf(record), context) ? record : undefined;
}

/** Takes away what is over. Its message stays where it is, and may be replied to like any. */
export function settleAsks(draft: Draft, context: Context): void {
  for (const ask of asksIn(draft)) if (isPlaceOver(endOf(ask), context)) draft.remove(askPath(ask.id));
}

function asksIn(draft: Draft): Ask[] {
  return [...draft.folder(asksFolder)].filter(isAsk);
}

function endOf({ ask: { until, host } }: Ask) {
  return { expires: until, host };
}
