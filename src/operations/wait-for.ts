/** Waiting for something on the branch: it is looked at again when the tip has moved, or when time may have changed it. */
import { keepInTouch } from './in-touch.ts';
import { pause } from './pause.ts';
import type { Session } from './session.ts';

/** Why a look is the last one. A pause is a deadline that came early. */
export type WaitEnd = 'deadline' | 'interrupted';

/** The last look must answer; any other may ask to look again, in so many milliseconds at the latest. */
export type Look<T> = { readonly answer: T } | { readonly againInMs: number };

interface Wait<T> {
  readonly waitSeconds: number;
  readonly signal: AbortSignal | undefined;
  readonly look: (end: WaitEnd | undefined) => Promise<Look<T>>;
  /**
   * Cheaper than a look, and asked after each move of the tip: in how many milliseconds a look is worth it, at once where
   * that is 0. It may only be earlier than the last look asked for: later, it goes unheard.
   */
  readonly dueInMs: () => Promise<number>;
}

const timerMsMax = 2 ** 31 - 1;

/** Who waits looks at the remote more often than who just watches, and his place in a queue goes there at once. */
const urgently = { withinSeconds: 3, batchSeconds: 0 };

/** There is one look at least. */
export async function waitFor<T>(
  session: Pick<Session, 'store' | 'sync'>,
  { waitSeconds, signal, look, dueInMs }: Wait<T>,
): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort('deadline'), waitSeconds * 1000);
  const interrupt = () => stop.abort(signal?.reason === pause ? 'deadline' : 'interrupted');
  if (waitSeconds <= 0) stop.abort('deadline');
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  const tips = new Tips(session.store.tips(stop.signal));
  void keepInTouch(session, stop.signal, urgently).catch(() => {});
  try {
    for (;;) {
      const end = stop.signal.aborted ? (stop.signal.reason as WaitEnd) : undefined;
      const seen = await look(end);
      if ('answer' in seen) return seen.answer;
      if (end !== undefined) throw new Error('the last look of a wait must answer');
      await nextChange(tips, seen.againInMs, dueInMs, stop.signal);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
    stop.abort('done');
    await tips.close();
  }
}

/** Resolves when a look is worth it, or when the wait is over. */
async function nextChange(tips: Tips, ms: number, dueInMs: () => Promise<number>, signal: AbortSignal): Promise<void> {
  const alarm = new Alarm();
  try {
    alarm.ringIn(ms);
    while (!signal.aborted) {
      if ((await tips.nextOr(alarm.rings)) === 'alarm' || signal.aborted) return;
      const dueMs = await dueInMs();
      if (dueMs <= 0) return;
      alarm.ringIn(dueMs);
    }
  } finally {
    alarm.stop();
  }
}

/** Rings once, at the earliest of the times that it was given. */
class Alarm {
  readonly rings: Promise<'alarm'>;
  #ring: () => void = () => {};
  #atMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.rings = new Promise((resolve) => {
      this.#ring = () => resolve('alarm');
    });
  }

  ringIn(ms: number): void {
    const atMs = performance.now() + ms;
    if (atMs >= this.#atMs) return;
    this.#atMs = atMs;
    clearTimeout(this.#timer);
    // Just after the instant, so that who looks then finds it past.
    this.#timer = setTimeout(this.#ring, Math.min(ms + 1, timerMsMax));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** A tip that is awaited, and then given up for an alarm, is not lost: whoever comes next has it. */
class Tips {
  readonly #tips: AsyncIterator<unknown>;
  #next: Promise<unknown> | undefined;

  constructor(tips: AsyncIterable<unknown>) {
    this.#tips = tips[Symbol.asyncIterator]();
  }

  async nextOr<T>(other: Promise<T>): Promise<T | 'tip'> {
    this.#next ??= this.#tips.next();
    const first = await Promise.race([this.#next.then(() => 'tip' as const), other]);
    if (first === 'tip') this.#next = undefined;
    return first;
  }

  async close(): Promise<void> {
    await this.#tips.return?.();
  }
}
