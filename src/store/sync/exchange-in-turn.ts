/** One exchange at its own pace, among the clones of this machine in turn, and among all others by lot. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Oid } from '../../domain/oid.ts';
import type { Branch } from '../git/branch.ts';
import { readRef } from '../git/refs.ts';
import { fetchedRef } from '../git/synced-refs.ts';
import { type Clone, type Exchanged, exchange, type Pace } from './exchange.ts';
import type { Transport } from './transport.ts';
import type { Turns } from './turns.ts';

interface World {
  readonly branch: Pick<Branch, 'repository'>;
  readonly transport: Transport;
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
}

/** The remote's branch moves at most a few times a second; more attempts would say that it cannot be reached. */
const attemptsMax = 40;
/** Where others wrote so lately, a push before a fetch is mostly in vain. */
const othersWriteMs = 5_000;
/** Between attempts: as long as this many of them, by lot. */
const attemptsPausedMax = 4;
const pauseMsMax = 2_000;

export async function exchangeInTurn(
  clone: Clone<Oid>,
  turns: Turns,
  world: World,
  wanted: Pick<Pace, 'pushFirst'>,
): Promise<Exchanged> {
  const { branch, transport, clock, chance } = world;
  // Who has nothing to bring is in nobody's way, and need not wait.
  const isFollowing = (await clone.tip()) === (await clone.synced());
  const endTurn = isFollowing ? async () => {} : await turns.take();
  try {
    const { tip, cameMs } = turns.left();
    const isAsLeft = tip === null || tip === (await clone.synced());
    const pushFirst = wanted.pushFirst && isAsLeft && clock() - cameMs > othersWriteMs;
    const exchanged = await exchange(clone, transport, { pushFirst, attemptsMax, pause: pauses(chance) });
    if (exchanged.unreached === undefined) {
      const isNews = exchanged.fetched > 0 && tip !== (await readRef(branch.repository, fetchedRef));
      turns.leave({ tip: await clone.synced(), cameMs: isNews ? clock() : cameMs });
    }
    return exchanged;
  } finally {
    await endTurn();
  }
}

function pauses(chance: () => number): Pace['pause'] {
  const startedMs = performance.now();
  let pausedMs = 0;
  return async (attempt) => {
    const attemptMs = (performance.now() - startedMs - pausedMs) / attempt;
    const ms = chance() * Math.min(attemptMs * Math.min(attempt, attemptsPausedMax), pauseMsMax);
    pausedMs += ms;
    await sleep(ms);
  };
}
