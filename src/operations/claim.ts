/** `claim`: exclusive or shared use of paths, at once, after a wait, or refused with the rivals. */
import * as z from 'zod';
import { type ClaimIntent, type ClaimOutcome, decideClaim } from '../domain/claim/claim.ts';
import { type ShownClaim, shownClaim } from '../domain/claim/present.ts';
import { decideRelease } from '../domain/claim/release.ts';
import { decideTake, type StillWaiting } from '../domain/claim/take.ts';
import { isTurn, nextTurnMs } from '../domain/claim/turn.ts';
import { Draft } from '../domain/draft.ts';
import type { ShownLanding } from '../domain/landing/present.ts';
import { leaseSecondsMin, pathsPerClaimMax, waitSecondsMax } from '../domain/limits.ts';
import type { ClaimMode } from '../domain/record/record.ts';
import { act, contextOf, type Rule, rehearse, worldAt } from './act.ts';
import { type Answer, done } from './answer.ts';
import { confirmed, untilDecided } from './confirmed.ts';
import { defineOperation } from './define.ts';
import { landingsOf } from './landing.ts';
import { namedPaths } from './named-paths.ts';
import { isOutdated } from './outdated.ts';
import type { Session } from './session.ts';
import { type Look, type WaitEnd, waitFor } from './wait-for.ts';

export const claim = defineOperation({
  name: 'claim',
  summary: 'Claim paths before editing them; refused with the holder and the way on when somebody has them.',
  effect: 'write',
  input: z.object({
    paths: z.array(z.string().min(1)).max(pathsPerClaimMax).default([]).describe('files, folders or patterns'),
    mode: z.enum(['exclusive', 'shared']).default('exclusive'),
    why: z.string().optional().describe('what you are going to do there'),
    leaseSeconds: z.number().min(leaseSecondsMin).optional(),
    waitSeconds: z.number().min(0).max(waitSecondsMax).optional().describe('stand in line this long when taken'),
    id: z.string().optional().describe('go on waiting for this earlier place in the queue'),
    key: z.string().max(200).optional().describe('the same key gets the first result again'),
    dryRun: z.boolean().default(false),
  }),
  run: async (input, session, signal) => {
    if (input.id !== undefined) {
      const taken = await waitInLine(input.id, session, {
        waitSeconds: input.waitSeconds ?? 0,
        key: input.key,
        signal,
      });
      return withLanding(taken, session);
    }
    const intent = await intentOf(input, session);
    if (input.dryRun) {
      // Whether it would be granted now: a rehearsal stands in no line.
      const now: Rule<ClaimOutcome> = (draft, context) =>
        decideClaim(draft, { ...intent, waitSeconds: undefined }, context);
      return rehearse(session, now, (result, ...at) => ({ ...shown(result, ...at), dryRun: true }));
    }
    const answer = await untilDecided(session, async (id): Promise<Answer<Granted> | 'gone'> => {
      const rule: Rule<ClaimOutcome> = (draft, context) => decideClaim(draft, { ...intent, id }, context);
      const answer = await act(session, rule, (outcome, ...at) => ({ outcome, at }));
      if (answer.status === 'refused' && (await isOutdated(answer.refusal, session))) return 'gone';
      if (answer.status !== 'done') return answer;
      const { outcome, at } = answer.value;
      if ('waiting' in outcome) {
        return waitInLine(outcome.waiting.id, session, { waitSeconds: input.waitSeconds ?? 0, key: input.key, signal });
      }
      // Of one that is over the authority confirms nothing any more.
      if (outcome.over) return done(shown(outcome, ...at));
      return confirmed(outcome.claim.id, shown(outcome, ...at), session);
    });
    return withLanding(answer, session);
  },
});

/** What the answer carries when the paths are granted. */
export interface Granted {
  readonly claim: ShownClaim;
  readonly dryRun?: boolean;
  /** There, and true, where it is the first result of a key, and that claim is held no more. */
  readonly over?: true;
  /** Why the authority has not confirmed it yet; there when it has not. */
  readonly provisional?: { readonly why: string; readonly next: string };
  /** There when others have finished work on these paths that is not merged yet: a warning, and no refusal. */
  readonly landing?: readonly ShownLanding[];
}

async function withLanding(answer: Answer<Granted>, session: Session): Promise<Answer<Granted>> {
  if (answer.status !== 'done') return answer;
  const { paths } = answer.value.claim;
  const landing = await landingsOf(await namedPaths(paths, session), session);
  return landing.length === 0 ? answer : done({ ...answer.value, landing });
}

async function intentOf(
  input: {
    paths: readonly string[];
    mode: ClaimMode;
    why?: string;
    leaseSeconds?: number;
    waitSeconds?: number;
    key?: string;
  },
  session: Session,
): Promise<ClaimIntent> {
  const { mode, why, leaseSeconds, waitSeconds, key } = input;
  return { ...(await namedPaths(input.paths, session)), mode, why, leaseSeconds, waitSeconds, key };
}

function shown(outcome: ClaimOutcome, nowMs: number, provisional: ReadonlySet<string>): Granted {
  if ('claim' in outcome) {
    return { claim: shownClaim(outcome.claim, nowMs, provisional), ...(outcome.over && { over: true as const }) };
  }
  throw new Error('a claim that waits is no grant');
}

/**
 * Waits until the place in the queue is offered and takes it. Looks again when a move of the tip made it its turn, and
 * when the time of those before it runs out. Running out keeps the place for the waiter's lease, and so does a pause; any other abort leaves the queue.
 */
function waitInLine(
  typed: string,
  session: Session,
  {
    waitSeconds,
    key,
    signal,
  }: { readonly waitSeconds: number; readonly key: string | undefined; readonly signal: AbortSignal | undefined },
): Promise<Answer<Granted>> {
  // The whole of it, once a look has found the place.
  let id = typed;
  return waitFor<Answer<Granted>>(session, {
    waitSeconds,
    signal,
    look: async function look(end): Promise<Look<Answer<Granted>>> {
      // The last look keeps the place for its lease only.
      const keptSeconds = end === undefined ? waitSeconds : 0;
      const answer = await act(
        session,
        (draft, context) => decideTake(draft, { id, waitSeconds: keptSeconds, key }, context),
        (outcome, ...at) => ({ outcome, at }),
      );
      if (answer.status !== 'done') return { answer };
      const { outcome, at } = answer.value;
      const [nowMs] = at;
      if ('claim' in outcome) {
        const taken = await confirmed(outcome.claim.id, shown(outcome, ...at), session);
        return taken === 'gone' ? look(end) : { answer: taken };
      }
      id = outcome.waiting.id;
      if (end !== undefined) return { answer: await endWait(id, outcome, session, end) };
      return { againInMs: outcome.nextTurnMs - nowMs };
    },
    dueInMs: () => dueInMs(id, session),
  });
}

async function endWait(id: string, outcome: StillWaiting, session: Session, end: WaitEnd): Promise<Answer<never>> {
  if (end === 'interrupted') {
    await act(
      session,
      (draft, context) => decideRelease(draft, { references: [id], all: false }, context),
      () => undefined,
    );
  }
  const { ahead, rivals } = outcome;
  return { status: 'pending', value: { waiting: { id, ahead, rivals, ...(end === 'interrupted' && { left: true }) } } };
}

/** Of the place, as far as the branch itself tells: of claims of other hosts the last look knew more. */
function dueInMs(id: string, session: Session): Promise<number> {
  return session.store.read((view, nowMs) => {
    const draft = new Draft(view);
    const context = contextOf(session, view, worldAt(nowMs, session), '');
    return isTurn(draft, id, context) ? 0 : nextTurnMs(draft, id, context) - nowMs;
  });
}
