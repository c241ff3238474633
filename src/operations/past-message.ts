/** A message that the retention took out of the tree: it can be read still, and most of what is done with mail is over for it. */
import { shortId } from '../domain/id.ts';
import { messagePath } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, done, refused } from './answer.ts';
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

/** Undefined of one that is in the tree, and of none. */
export async function pastMessage(id: string, { store }: Session): Promise<MessageRecord | undefined> {
  const isPresent = await store.read((view) => view.record(messagePath(id)) !== undefined);
  const [record] = isPresent ? [] : await store.archive.last([messagePath(id)]);
  return record?.kind === 'message' ? record : undefined;
}

/** Refused where it is over, for one whom it concerns; whoever else names it hears of it as of one that never was. */
export async function unlessPast(
  id: string,
  isConcerned: (message: MessageRecord, uid: string | undefined) => boolean,
  instead: (message: MessageRecord) => string,
  session: Session,
): Promise<Answer<string>> {
  const past = await pastMessage(id, session);
  const uid = await session.store.read((view) => ownUid(view, session.self));
  if (past === undefined || !isConcerned(past, uid)) return done(id);
  const message = `${shortId(id)} of ${past.agent} is over: everybody had acknowledged it, and it is in the history alone since.`;
  return refused(refuse('unknown-message', message, instead(past), { id, thread: past.thread }).refusal);
}
