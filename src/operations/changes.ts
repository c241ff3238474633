/** What changed on the branch, move by move: for those who watch it. */
import type { Change } from '../domain/view.ts';
import { keepInTouch } from './in-touch.ts';
import type { Session } from './session.ts';

/**
 * From now on, in order, until the signal fires. Several commits may come as one move: what came and went between two
 * looks is not told. Meanwhile the clone is kept in touch with its remote. `onBegin` says from when on: what is done before it may be told to nobody.
 */
export async function* changes(
  session: Pick<Session, 'store' | 'sync'>,
  signal: AbortSignal,
  onBegin?: () => void,
): AsyncIterable<readonly Change[]> {
  const { store } = session;
  void keepInTouch(session, signal).catch(() => {});
  let last: Parameters<typeof store.changes>[0] | undefined;
  for await (const tip of store.tips(signal)) {
    if (last !== undefined) yield await store.changes(last, tip);
    else onBegin?.();
    last = tip;
  }
}
