/** What happens, as it happens: the notices of each move of the tip, for the session's agent. */
import type { Notice } from '../domain/notice/notice.ts';
import { notices } from '../domain/notice/notices.ts';
import { instantOf } from '../domain/time.ts';
import type { Session } from './session.ts';

/**
 * From now on, in order, until the signal fires. Several commits may come as one batch: what came and went between
 * two looks is not told.
 */
export async function* watch({ store, self }: Session, signal: AbortSignal): AsyncIterable<Notice> {
  let last: Parameters<typeof store.changes>[0] | undefined;
  for await (const tip of store.tips(signal)) {
    if (last !== undefined) {
      const nowMs = await store.read((_view, nowMs) => nowMs);
      yield* notices(await store.changes(last, tip), { name: self.name, now: instantOf(nowMs) });
    }
    last = tip;
  }
}
