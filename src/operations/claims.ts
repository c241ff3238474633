/** `claims`: who holds what, and who stands in line. */
import * as z from 'zod';
import { withName } from '../domain/agent/visibility.ts';
import { type Clock, isOver } from '../domain/claim/lease.ts';
import { shownClaim, shownWaiting } from '../domain/claim/present.ts';
import { parsePattern } from '../domain/pattern/parse.ts';
import { agentPath, claimsFolder, waitingFolder } from '../domain/record/path.ts';
import { type Claimed, patternsOf, touches } from '../domain/record/patterns.ts';
import type { ClaimRecord, WaitingRecord } from '../domain/record/record.ts';
import type { View } from '../domain/view.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { namedPaths } from './named-paths.ts';
import { namesOf } from './names.ts';
import type { Session } from './session.ts';

export const claims = defineOperation({
  name: 'claims',
  summary: 'See all claims and the queue, narrowed to a path, an agent, or what is stale.',
  effect: 'read',
  input: z.object({
    path: z.string().optional(),
    agent: z.string().optional(),
    stale: z.boolean().default(false).describe('only claims whose lease is over, as check judges it'),
  }),
  run: async (input, session) => {
    const asked = input.path === undefined ? undefined : await namedPaths([input.path], session);
    const clock = (nowMs: number) => ({ nowMs, actor: session.self, policy: session.store.policy });
    const found = await session.store.read((view, nowMs) => {
      const isAsked = (record: ClaimRecord | WaitingRecord) => asked === undefined || isOn(record, asked, view);
      return {
        claims: claimsIn(view)
          .filter((claim) => isAsked(claim) && (!input.stale || isStale(claim, clock(nowMs))))
          .map((claim) => {
            const shown = shownClaim(claim, nowMs, view.provisional);
            return isOfferToNobody(claim, view, session) ? { ...shown, lapsed: true } : shown;
          }),
        waiting: waitingIn(view).filter(isAsked).map(shownWaiting),
        // Whose they are nobody can tell, nor since when.
        unreadable: input.agent === undefined && !input.stale ? unreadableIn(view, asked) : [],
      };
    });
    const names = await namesOf(
      [...found.claims, ...found.waiting].map(({ agent }) => agent),
      session,
    );
    const isMeant = ({ agent }: { readonly agent: string }) => input.agent === undefined || agent === input.agent;
    const held = found.claims.map((claim) => withName(claim, names)).filter(isMeant);
    const waiting = found.waiting.map((each) => withName(each, names)).filter(isMeant);
    return done({
      claims: held,
      waiting: input.stale ? [] : waiting,
      ...(found.unreadable.length > 0 && { unreadable: found.unreadable }),
    });
  },
});

/** An offer is over with its minute, a claim with its lease. */
function isStale({ offeredUntil, ...claim }: ClaimRecord, clock: Clock): boolean {
  return isOver(claim, clock) || (offeredUntil !== undefined && isOver({ ...claim, expires: offeredUntil }, clock));
}

/** Whoever was to take it is gone from this host: the paths pass on when the offer is over. */
function isOfferToNobody({ agent, uid, offeredUntil }: ClaimRecord, view: View, { processState }: Session): boolean {
  const record = offeredUntil === undefined ? undefined : view.record(agentPath(agent));
  if (record?.kind !== 'agent' || record.uid !== uid || record.process === undefined) return false;
  return processState(record.process) === 'dead';
}

/** By the instant since when they are held. */
export function claimsIn(view: View): ClaimRecord[] {
  const found: ClaimRecord[] = [];
  for (const record of view.folder(claimsFolder).values()) if (record.kind === 'claim') found.push(record);
  return found.sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1));
}

/** A claim that goes on holding its paths, or everything where they cannot be read either. */
export interface UnreadableClaim {
  readonly id: string;
  readonly paths: readonly string[];
  readonly reason: string;
}

/** Those that hold some of it; all of them where nothing is asked for. */
export function unreadableIn(view: View, asked: Claimed | undefined): UnreadableClaim[] {
  const near = asked && new Set(patternsOf(asked, view.paths).flatMap((each) => [...view.claimsOverlapping(each)]));
  const found: UnreadableClaim[] = [];
  for (const record of view.folder(claimsFolder).values()) {
    if (record.kind !== 'unreadable' || near?.has(record.id) === false) continue;
    found.push({ id: record.id, paths: record.paths, reason: record.reason });
  }
  return found;
}

/** In the order of the queue. */
export function waitingIn(view: View): WaitingRecord[] {
  const found: WaitingRecord[] = [];
  for (const record of view.folder(waitingFolder).values()) if (record.kind === 'waiting') found.push(record);
  return found.sort((a, b) => a.ticket - b.ticket);
}

/** Whether what somebody typed meets the record's paths. A text that is no pattern meets nothing. */
export function isOn(record: ClaimRecord | WaitingRecord, asked: Claimed, view: View): boolean {
  const isPattern = asked.paths.every((path) => parsePattern(path, view.paths).ok);
  return isPattern && touches(record, patternsOf(asked, view.paths), view.paths);
}
