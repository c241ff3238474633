/** What happens, as it happens: the notices of each move of the tip, for the session's agent. */
import { namesFor } from '../domain/agent/visibility.ts';
import type { Notice } from '../domain/notice/notice.ts';
import { notices } from '../domain/notice/notices.ts';
import { instantOf } from '../domain/time.ts';
import { changes } from './changes.ts';
import { readingHere } from './hub.ts';
import type { Session } from './session.ts';

/** From now on, in order, until the signal fires; what came and went between two looks is not told. */
export async function* watch(session: Session, signal: AbortSignal): AsyncIterable<Notice> {
  const { store, self } = session;
  for await (const move of changes(session, signal)) {
    const read = await readingHere(session);
    const told = await store.read((view, nowMs) =>
      notices(move, { name: self.name, now: instantOf(nowMs), names: namesFor(view, self.name) }),
    );
    yield* told.map(read);
  }
}
