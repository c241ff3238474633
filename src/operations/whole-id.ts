/** The id that somebody typed the ending of. */

import { Draft } from '../domain/draft.ts';
import { isWholeId, meansId } from '../domain/id.ts';
import { ambiguousMessages, meantBy } from '../domain/meant-id.ts';
import { unreadOf } from '../domain/message/inbox.ts';
import { messagePath } from '../domain/record/path.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';

/**
 * Looks among the unread mail first, then among all messages of the tree. What means no message is given back as it was
 * typed, for the rule to refuse; an ending of several is refused here.
 */
export async function wholeId(typed: string, { store, self }: Session): Promise<Answer<string>> {
  if (isWholeId(typed)) return done(typed);
  const unread = await store.read((view) => meantBy(typed, unreadOf(new Draft(view), self.name)));
  const ids = new Set(unread.map(({ id }) => id));
  if (ids.size === 0) {
    for await (const [path] of store.paths('messages')) {
      const id = path.slice(path.lastIndexOf('/') + 1);
      if (meansId(typed, id)) ids.add(id);
    }
  }
  if (ids.size === 0 || ids.has(typed)) return done(typed);
  const [id = typed, ...others] = ids;
  if (others.length === 0) return done(id);
  const messages = await store.read((view) => [...ids].map((id) => view.record(messagePath(id))));
  return refused(
    ambiguousMessages(
      typed,
      messages.filter((record) => record?.kind === 'message'),
    ),
  );
}
