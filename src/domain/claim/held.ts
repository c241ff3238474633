/** Which of an agent's claims a person or program means by ids, patterns, or `all`. */
import { hiddenName, namesFor } from '../agent/visibility.ts';
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { isWholeId, meansId } from '../id.ts';
import { ambiguous, meantBy } from '../meant-id.ts';
import { matches } from '../pattern/match.ts';
import { overlaps } from '../pattern/overlap.ts';
import { type Pattern, parsePattern } from '../pattern/parse.ts';
import { wordsOf } from '../pattern/readings.ts';
import { qualified } from '../pattern/repository.ts';
import { claimsFolder } from '../record/path.ts';
import { patternsOf } from '../record/patterns.ts';
import type { ClaimRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { pathWord } from '../shell-word.ts';
import { listed, oneLine } from '../text.ts';

/** A claim, and those of its paths that are meant; all of them when it was named by its id. */
export interface Meant {
  readonly claim: ClaimRecord;
  readonly paths: readonly string[];
}

/**
 * `whose` narrows to the actor's own or looks at everybody's (force). A reference that means nothing is refused:
 * `not-holder` names who holds it, when somebody does. So is an ending of several ids.
 */
export function meantClaims(
  draft: Draft,
  references: readonly string[],
  whose: 'own' | 'anyone',
  context: Context,
): Meant[] | Refusal {
  const candidates = claimsById(draft, whose === 'own' ? context.actor.uid : undefined);
  const meantById = new Map<string, Set<string>>();
  for (const reference of references) {
    const byId = meantBy(reference, candidates);
    const byPath = candidates.flatMap((claim) =>
      byId.includes(claim) ? [] : byPaths(claim, reference, draft, context),
    );
    const found = [...byId.map((claim) => ({ claim, paths: claim.paths })), ...byPath];
    if (found.length === 0) return notHolder(draft, reference, context);
    // A path may mean several claims; what is the ending of an id, too, must not.
    if (byId.length > 0 && found.length > 1) return ambiguous(reference, found.map(candidate));
    for (const { claim, paths } of found) {
      const known = meantById.get(claim.id) ?? new Set();
      for (const path of paths) known.add(path);
      meantById.set(claim.id, known);
    }
  }
  return candidates.flatMap((claim) => {
    const paths = meantById.get(claim.id);
    return paths === undefined ? [] : [{ claim, paths: claim.paths.filter((path) => paths.has(path)) }];
  });
}

/** Everything that the actor holds, the oldest first. */
export function ownClaims(draft: Draft, { actor }: Context): Meant[] {
  return claimsById(draft, actor.uid).map((claim) => ({ claim, paths: claim.paths }));
}

/** Of everybody, unless a uid is given. */
function claimsById(draft: Draft, uid?: string): ClaimRecord[] {
  const claims: ClaimRecord[] = [];
  for (const record of draft.folder(claimsFolder)) {
    if (record.kind === 'claim' && (uid === undefined || record.uid === uid)) claims.push(record);
  }
  return claims.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function candidate({ claim: { id, agent, paths } }: Meant) {
  return { id, what: `${agent}: ${oneLine(listed(paths), 80)}` };
}

function byPaths(claim: ClaimRecord, reference: string, draft: Draft, context: Context): Meant[] {
  const paths = meantPaths(claim, reference, draft, context);
  return paths.length > 0 ? [{ claim, paths }] : [];
}

/**
 * Those of the paths that a reference means: by one of them itself, in whatever reading it was claimed, or by a pattern
 * that takes in literal ones.
 */
export function meantPaths(
  claimed: Pick<ClaimRecord, 'paths'>,
  reference: string,
  draft: Draft,
  { actor }: Context,
): readonly string[] {
  const parsed = parsePattern(qualified(reference, actor.repository), draft.view.paths);
  if (!parsed.ok) return [];
  const { pattern } = parsed;
  const words = wordsOf(pattern);
  return claimed.paths.filter((path) => {
    if (path === pattern.source) return true;
    const held = parsePattern(path, draft.view.paths);
    if (held.ok && wordsOf(held.pattern) === words) return true;
    if (!held.ok || held.pattern.kind === 'resource' || !held.pattern.isLiteral) return false;
    if (!overlaps(pattern, held.pattern)) return false;
    return matches(pattern, held.pattern.literalPrefix.join('/'));
  });
}

function notHolder(draft: Draft, reference: string, context: Context): Refusal {
  const holders = new Set<string>();
  for (const claim of claimsById(draft)) {
    if (meansId(reference, claim.id) || byPaths(claim, reference, draft, context).length > 0) holders.add(claim.agent);
  }
  const { name: self, uid } = context.actor;
  const around = claimsById(draft, uid).flatMap((claim) => overlapping(claim, reference, draft, context));
  if (around.length > 0) return holdsOtherwise(reference, around, context);
  const others = claimsById(draft).filter((claim) => overlapping(claim, reference, draft, context).length > 0);
  if (holders.size === 0 && others.length > 0) return othersHold(reference, others, draft, context);
  const by = [...new Set([...holders].filter((name) => name !== self).map(namesFor(draft, self)))];
  const held = by.length > 0 ? `: ${listed(by)} does` : '';
  const ask = by[0] === hiddenName ? 'Wait for it' : `Ask with git intercom send ${by[0]} "…"`;
  return refuse(
    'not-holder',
    `${self} does not hold ${oneLine(reference, 80)}${held}.`,
    by.length > 0
      ? `${ask}, or take it with git intercom release ${pathWord(reference)} --force --why "…".`
      : 'Run git intercom claims to see what is held.',
    { reference, holders: by },
  ).refusal;
}

/** Paths of the claim that overlap what was named, and are something else. */
function overlapping(claim: ClaimRecord, reference: string, draft: Draft, { actor }: Context): string[] {
  const parsed = parsePattern(qualified(reference, actor.repository), draft.view.paths);
  if (!parsed.ok || isWholeId(reference)) return [];
  const patterns = patternsOf(claim, draft.view.paths);
  return claim.paths.filter((_, n) => overlaps(patterns[n] as Pattern, parsed.pattern));
}

function holdsOtherwise(reference: string, paths: readonly string[], { actor }: Context): Refusal {
  return refuse(
    'not-holder',
    `${actor.name} does not hold ${oneLine(reference, 80)} by itself, but ${oneLine(listed(paths), 120)}, which overlaps it.`,
    `Name ${listed(paths.map(pathWord))} instead: of a pattern no part can be given up or handed over alone.`,
    { reference, holders: [], overlapping: paths },
  ).refusal;
}

/** Nobody holds just this: a whole pattern of another's takes it in, or parts of it are another's. */
function othersHold(reference: string, claims: readonly ClaimRecord[], draft: Draft, context: Context): Refusal {
  const { name: self } = context.actor;
  const names = namesFor(draft, self);
  const by = [...new Set(claims.map(({ agent }) => names(agent)))];
  const paths = [...new Set(claims.flatMap((claim) => overlapping(claim, reference, draft, context)))];
  const ask = by[0] === hiddenName ? 'Wait for it' : `Ask with git intercom send ${by[0]} "…"`;
  return refuse(
    'not-holder',
    `${self} does not hold ${oneLine(reference, 80)}: ${listed(by)} ${by.length === 1 ? 'holds' : 'hold'} ${oneLine(listed(paths), 120)}, which overlaps it.`,
    `${ask}, or take it with git intercom release ${paths.slice(0, 3).map(pathWord).join(' ')} --force --why "…".`,
    { reference, holders: by, overlapping: paths },
  ).refusal;
}
