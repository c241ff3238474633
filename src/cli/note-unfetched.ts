/** Says beside an answer that what is at the remote is not in it: an empty list may not be empty there. */
import { plainText } from '../domain/text.ts';
import type { Session } from '../operations/session.ts';
import type { Terminal } from './terminal.ts';

export async function noteUnfetched({ sync }: Pick<Session, 'sync'>, { err, paint }: Terminal): Promise<void> {
  if (sync === undefined || (await sync.hasFetched())) return;
  const what = `What is claimed and said at the remote ${sync.remote} has not been fetched yet, and is not in this answer.`;
  err(`${paint('yellow', 'note:')}  ${plainText(what)} Run git intercom sync.`);
}
