/** What agents do with claims, by name and in one line each. */
import { type ClaimIntent, type ClaimOutcome, decideClaim } from '../../../src/domain/claim/claim.ts';
import { decideHandoff } from '../../../src/domain/claim/handoff.ts';
import { decideRelease, type ReleaseIntent } from '../../../src/domain/claim/release.ts';
import { decideRenew } from '../../../src/domain/claim/renew.ts';
import { decideTake } from '../../../src/domain/claim/take.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { ClaimRecord, WaitingRecord } from '../../../src/domain/record/record.ts';
import { accepted, World } from '../world.ts';

type Terms = Partial<Omit<ClaimIntent, 'paths'>>;
type Paths = string | readonly string[];

export function claim(world: World, name: string, paths: Paths, terms: Terms = {}): Decision<ClaimOutcome> {
  return world.decide(name, (draft, context) => decideClaim(draft, intentOf(paths, terms), context));
}

export function rehearseClaim(world: World, name: string, paths: Paths, terms: Terms = {}): Decision<ClaimOutcome> {
  return world.rehearse(name, (draft, context) => decideClaim(draft, intentOf(paths, terms), context));
}

function intentOf(paths: Paths, terms: Terms): ClaimIntent {
  return { paths: typeof paths === 'string' ? [paths] : paths, mode: 'exclusive', ...terms };
}

/** A claim that must be granted at once. */
export function grant(world: World, name: string, paths: Paths, terms: Terms = {}): ClaimRecord {
  return granted(claim(world, name, paths, terms));
}

/** A claim that must be queued. */
export function wait(world: World, name: string, paths: Paths, terms: Terms = {}): WaitingRecord {
  const outcome = accepted(claim(world, name, paths, { waitSeconds: 600, ...terms }));
  if ('claim' in outcome) throw new Error(`granted at once: ${outcome.claim.id}`);
  return outcome.waiting;
}

export function granted(decision: Decision<ClaimOutcome>): ClaimRecord {
  const outcome = accepted(decision);
  if ('waiting' in outcome) throw new Error(`waits: ${outcome.waiting.id}`);
  return outcome.claim;
}

export function take(world: World, name: string, id: string, waitSeconds = 600, key?: string): Decision<ClaimOutcome> {
  return world.decide(name, (draft, context) => decideTake(draft, { id, waitSeconds, key }, context));
}

export function release(world: World, name: string, what: Paths | 'all', force?: ReleaseIntent['force']) {
  const intent = { references: referencesOf(what === 'all' ? [] : what), all: what === 'all', force };
  return world.decide(name, (draft, context) => decideRelease(draft, intent, context));
}

export function renew(world: World, name: string, what: Paths = [], leaseSeconds?: number) {
  return world.decide(name, (draft, context) =>
    decideRenew(draft, { references: referencesOf(what), leaseSeconds }, context),
  );
}

export function handoff(world: World, name: string, to: string, what: Paths = [], why?: string) {
  return world.decide(name, (draft, context) =>
    decideHandoff(draft, { to, references: referencesOf(what), why }, context),
  );
}

/** Ada holds `a`; these wait for it, in this order. */
export function queueFor(...names: readonly string[]) {
  const world = new World();
  grant(world, 'ada', 'a', { leaseSeconds: 86_400 });
  return { world, places: names.map((name) => wait(world, name, 'a').id) as [string, ...string[]] };
}

/** `bob takes`, `bob waits behind 1`, `bob is out`. */
export function outcomeOf(world: World, name: string, id: string): string {
  const decision = take(world, name, id);
  if (!decision.ok) return `${name} is out: ${decision.refusal.code}`;
  return 'claim' in decision.result ? `${name} takes` : `${name} waits behind ${decision.result.ahead}`;
}

function referencesOf(what: Paths): readonly string[] {
  return typeof what === 'string' ? [what] : what;
}
