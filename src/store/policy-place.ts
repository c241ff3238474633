/**
 * Where the policy of a work tree stands: in its own file, else in that of the main work tree, else in what this clone
 * knows of it. A commit may be from before the team had a policy, and a file that was just made lies in one work tree
 * alone: whoever works there must not coordinate apart from the others.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './git/locate.ts';
import { mainTop } from './git/main-top.ts';
import { policyFileName } from './policy-file-name.ts';

export type PolicyPlace = Pick<Repository, 'commonDir' | 'workTree'>;

/** Undefined where there is none, and in a repository without a work tree. */
export function policyFileOf(place: PolicyPlace): string | undefined {
  if (place.workTree === null) return undefined;
  return committedPolicyFile(place) ?? onlyIfThere(knownPolicyFile(place));
}

/** Of this work tree or the main one: what git's own files say, with nothing remembered. */
export function committedPolicyFile(place: PolicyPlace): string | undefined {
  const { workTree } = place;
  if (workTree === null) return undefined;
  const own = onlyIfThere(join(workTree, policyFileName));
  const top = mainTop(place);
  return own ?? (top === workTree ? undefined : onlyIfThere(join(top, policyFileName)));
}

/** Derived, for those who have no time to ask git: what `learnPolicy` found on the default branch or in a linked work tree. */
export function knownPolicyFile({ commonDir }: Pick<PolicyPlace, 'commonDir'>): string {
  return join(commonDir, 'intercom', 'policy.yaml');
}

/** What cannot be looked at counts as there: whoever reads it says why it cannot be read. */
function onlyIfThere(file: string): string | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : file;
  } catch {
    return file;
  }
}
