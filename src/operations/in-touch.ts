/**
 * Keeps a clone and its remote alike for as long as a process lasts: what is recorded here goes there in batches, and the
 * remote is looked at, often while others write and seldom when it is quiet. What comes moves the local branch, so that
 * everybody who watches it is told.
 */
import type { SyncPolicy } from '../domain/policy.ts';
import type { Session } from './session.ts';

/** After something came or went, others are taken to be at work for so long. */
const activeMs = 600_000;

type Connected = Pick<Session, 'store' | 'sync'>;

export interface Attention {
  /** Looks at least so often; the policy's pace where it is absent. */
  readonly withinSeconds?: number;
  /** Brings what is recorded here after so long; the policy's when it is absent. */
  readonly batchSeconds?: number;
}

/** Ends when the signal fires. A remote that is not reached is looked at again; it never rejects for that. */
export async function keepInTouch(session: Connected, signal: AbortSignal, attention: Attention = {}): Promise<void> {
  if (session.sync === undefined) return;
  const end = session.sync.keeping();
  try {
    await Promise.all([bring(session, signal, attention), look(session, signal, attention)]);
  } finally {
    end();
  }
}

async function bring({ store, sync }: Connected, signal: AbortSignal, { batchSeconds }: Attention): Promise<void> {
  for await (const _tip of store.tips(signal)) {
    if ((await sync?.standing())?.unpushed === 0) continue;
    await sleep((batchSeconds ?? store.policy.sync.batchSeconds) * 1000, signal);
    if (!signal.aborted) await sync?.push().catch(() => {});
  }
}

async function look({ store, sync }: Connected, signal: AbortSignal, attention: Attention): Promise<void> {
  while (!signal.aborted && sync !== undefined) {
    const standing = await sync.standing();
    const seconds = attention.withinSeconds ?? paceOf(store.policy.sync, Date.now() - standing.movedMs < activeMs);
    const looked = await sync.look(seconds).catch(() => 'same' as const);
    const isBehind = looked === 'moved' || (looked === 'same' && standing.unpushed > 0);
    if (isBehind && !signal.aborted) await sync.exchange().catch(() => {});
    await sleep(seconds * 1000, signal);
  }
}

function paceOf({ intervalSeconds, idleIntervalSeconds }: SyncPolicy, isActive: boolean): number {
  return isActive ? intervalSeconds : Math.max(intervalSeconds, idleIntervalSeconds);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
