/** The id that somebody typed the ending of. */

import { Draft } from '../domain/draft.ts';
import { isTypedId, isWholeId, meansId } from '../domain/id.ts';
import { ambiguousMessages, meantBy } from '../domain/meant-id.ts';
import { unreadOf } from '../domain/message/inbox.ts';
import { messagePath, messagesFolder } from '../domain/record/path.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';

/**
 * Looks among the unread mail first, then among all messages of the tree, and at last, for those who read, among past ones.
 * What means no message is given back as it was typed, for the rule to refuse; an ending of several is refused here.
 */
export async function wholeId(
  typed: string,
  { store, self }: Session,
  among: 'present' | 'past and present' = 'present',
): Promise<Answer<string>> {
  if (isWholeId(typed)) return done(typed);
  const unread = await store.read((view) => meantBy(typed, unreadOf(new Draft(view), self.name)));
  const ids = new Set(unread.map(({ id }) => id));
  if (ids.size === 0) {
    for await (const [path] of store.paths(messagesFolder)) {
      if (meansId(typed, nameIn(path))) ids.add(nameIn(path));
    }
  }
  if (ids.size === 0 && among === 'past and present' && isTypedId(typed.toLowerCase())) {
    for (const path of await store.archive.pathsEnding(messagesFolder, typed.toLowerCase())) ids.add(nameIn(path));
  }
  if (ids.size === 0 || ids.has(typed)) return done(typed);
  const [id = typed, ...others] = ids;
  if (others.length === 0) return done(id);
  const messages = await store.archive.last([...ids].map(messagePath));
  return refused(
    ambiguousMessages(
      typed,
      messages.filter((record) => record?.kind === 'message'),
    ),
  );
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
