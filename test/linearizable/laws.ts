/**
 * The laws of a history of claims, each told as sentences about what breaks it. None: the history is one that a single
 * clone could have had, as far as claims and acknowledged records go.
 */
import { overlaps } from '../../src/domain/pattern/overlap.ts';
import { patternsOf } from '../../src/domain/record/patterns.ts';
import type { ClaimRecord } from '../../src/domain/record/record.ts';
import { claimIn, pointsOf, remaining } from './authority.ts';
import type { Answer, During, History } from './history.ts';

export function findings(history: History): string[] {
  return [...exclusion(history), ...patience(history), ...fencing(history), ...answered(history), ...kept(history)];
}

/**
 * No two agents hold overlapping claims of which one is exclusive, at any point: so each was free when it was granted,
 * but for what the same commit took away. Looks at what was granted only, for what exclude each other were granted once.
 */
export function exclusion({ authority }: History): string[] {
  const broken: string[] = [];
  for (const { number, claims, granted } of pointsOf(authority)) {
    for (const claim of granted) {
      for (const other of claims.values()) {
        if (excludes(claim, other)) broken.push(`Point ${number}: ${told(claim)} was granted beside ${told(other)}.`);
      }
    }
  }
  return broken;
}

/**
 * Nobody gives another's path away before its lease is over, whatever his clock says: on another machine than the holder's it
 * was known for a whole lease since it was last renewed, which is later than it came. Offers pass on sooner.
 */
export function patience({ authority }: History): string[] {
  const broken: string[] = [];
  const knownMs = new Map<string, number>();
  for (const [n, move] of authority.entries()) {
    if (move.kind !== 'commit' || move.came === undefined) continue;
    const { uid, atMs } = move.came;
    const claims = move.changes.flatMap(({ before, after }) => ({ before: claimIn(before), after: claimIn(after) }));
    for (const { after } of claims) {
      if (after !== undefined && !knownMs.has(lease(after))) knownMs.set(lease(after), atMs);
    }
    const granted = claims.flatMap(({ before, after }) => (after !== undefined && before === undefined ? [after] : []));
    for (const { before, after } of claims) {
      if (before === undefined || after !== undefined || before.offeredUntil !== undefined || before.uid === uid)
        continue;
      const taker = granted.find((each) => each.host !== before.host && excludes(each, before));
      const sinceMs = knownMs.get(lease(before)) ?? atMs;
      if (taker === undefined || atMs - sinceMs >= before.leaseSeconds * 1000) continue;
      const seconds = Math.round((atMs - sinceMs) / 1000);
      broken.push(`Point ${n + 1}: ${told(taker)} took over ${told(before)} ${seconds}s into its lease.`);
    }
  }
  return broken;
}

function lease({ id, expires }: ClaimRecord): string {
  return `${id} ${expires}`;
}

/**
 * Each grant has a token that is larger than all that the branch has before it. After the branch was put back, that is
 * what is left of it: who never saw the rest cannot know its tokens, and guards compare tokens of one history only.
 */
export function fencing({ authority }: History): string[] {
  const broken: string[] = [];
  const highest: Token[] = [[0, 0]];
  for (const { number, move, granted } of pointsOf(authority)) {
    if (move?.kind === 'rewound') highest.splice(move.commits + 1);
    if (move?.kind !== 'commit') continue;
    let last = highest.at(-1) as Token;
    for (const claim of [...granted].sort((a, b) => compare(tokenOf(a), tokenOf(b)))) {
      const token = tokenOf(claim);
      if (compare(token, last) > 0) last = token;
      else broken.push(`Point ${number}: ${told(claim)} has ${claim.token}, after ${last.join('.')}.`);
    }
    highest.push(last);
  }
  return broken;
}

type Token = readonly [number, number];

/** Who was told `confirmed` held the claim at the authority, at some point between asking and being told. */
export function answered({ authority, answers }: History): string[] {
  const open = answers.filter((answer) => answer.told === 'confirmed');
  const unproven = new Set<Answer>(open);
  for (const { number, claims } of pointsOf(authority)) {
    for (const answer of unproven) {
      if (answer.told === 'recorded' || !isWithin(number, answer.during)) continue;
      if (claims.get(answer.claim)?.uid === answer.uid) unproven.delete(answer);
    }
  }
  return [...unproven].map((answer) => {
    const { claim, during } = answer as Exclude<Answer, { told: 'recorded' }>;
    const when = during === undefined ? '' : ` between points ${during.from} and ${during.to}`;
    return `${answer.uid} was told that ${claim} is confirmed, and never held it at the authority${when}.`;
  });
}

/**
 * Nothing that was acknowledged is missing at the end: a record is on the branch; a claim that was provisional is, or its
 * holder was told that it is not.
 */
export function kept({ authority, answers }: History): string[] {
  const added = new Set<string>();
  const held = new Set<string>();
  for (const { path, after } of remaining(authority)) {
    if (after === undefined) continue;
    added.add(path);
    if (after.kind === 'claim') held.add(`${after.id} ${after.uid}`);
    if (after.kind === 'message') for (const id of after.about?.claims ?? []) held.add(`told of ${id}`);
  }
  for (const answer of answers) if (answer.told === 'refused') held.add(`told of ${answer.claim}`);
  return answers.flatMap((answer) => {
    if (answer.told === 'recorded') {
      return added.has(answer.path) ? [] : [`${answer.path} of ${answer.uid} was acknowledged and is nowhere.`];
    }
    if (answer.told !== 'provisional') return [];
    const { claim, uid } = answer;
    if (held.has(`${claim} ${uid}`) || held.has(`told of ${claim}`)) return [];
    return [`${claim} of ${uid} was provisional, is not on the branch, and ${uid} was never told.`];
  });
}

function excludes(one: ClaimRecord, other: ClaimRecord): boolean {
  if (one.uid === other.uid || (one.mode === 'shared' && other.mode === 'shared')) return false;
  const [some, others] = [one, other].map((claim) => patternsOf(claim, { ignoreCase: false }));
  return some?.some((a) => others?.some((b) => overlaps(a, b))) === true;
}

function isWithin(number: number, during: During | undefined): boolean {
  return during === undefined || (during.from <= number && number <= during.to);
}

function told({ id, uid, paths }: ClaimRecord): string {
  return `${id} of ${uid} on ${paths.join(', ')}`;
}

function tokenOf({ token }: ClaimRecord): Token {
  const [epoch = 0, counter = 0] = (token ?? '0.0').split('.').map(Number);
  return [epoch, counter];
}

function compare(one: Token, other: Token): number {
  return one[0] - other[0] || one[1] - other[1];
}
