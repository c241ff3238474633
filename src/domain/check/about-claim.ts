/** The words and fields that all findings about a claim share. */
import { listed, oneLine } from '../text.ts';
import { type CheckFinding, type CheckRule, checkRules } from './finding.ts';
import type { SeenClaim } from './seen.ts';

const charsMax = 160;

/** `paths` are the claim's own unless the finding is about some of them, or about files below. */
export function aboutClaim(
  rule: CheckRule,
  { claim, file }: SeenClaim,
  words: { readonly what: string; readonly next: string; readonly paths?: readonly string[] },
): CheckFinding {
  const { what, next, paths = claim.paths } = words;
  return { rule, gravity: checkRules[rule].gravity, what, next, id: claim.id, agent: claim.agent, paths, record: file };
}

/** For a sentence: bounded, and without what a terminal would obey. */
export function pathsInWords(paths: readonly string[]): string {
  return oneLine(listed(paths, 3), charsMax);
}

export function inWords(text: string): string {
  return oneLine(text, charsMax);
}

/** How anybody but its holder ends a claim. */
export function releaseOf({ claim }: Pick<SeenClaim, 'claim'>): string {
  return `git intercom release ${claim.id} --force --why "…"`;
}
