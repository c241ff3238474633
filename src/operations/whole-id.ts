/** The id that somebody typed the ending of. */

import { Draft } from '../domain/draft.ts';
import { isWholeId, meansId } from '../domain/id.ts';
import { unreadOf } from '../domain/message/inbox.ts';
import type { Session } from './session.ts';

/**
 * Looks among the unread mail first, then among all messages of the tree. What means no message, or several, is given
 * back as it was typed, for the rule to refuse.
 */
export async function wholeId(typed: string, { store, self }: Session): Promise<string> {
  if (isWholeId(typed)) return typed;
  const unread = await store.read((view) =>
    unreadOf(new Draft(view), self.name).filter(({ id }) => meansId(typed, id)),
  );
  if (unread.length === 1) return (unread[0] as { id: string }).id;
  const found = new Set<string>();
  for await (const [path] of store.paths('messages')) {
    const id = path.slice(path.lastIndexOf('/') + 1);
    if (meansId(typed, id)) found.add(id);
  }
  return found.size === 1 ? ([...found][0] as string) : typed;
}
