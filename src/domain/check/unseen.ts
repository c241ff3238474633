/** What could not be looked at, in sentences: a check that says nothing about it would be taken for an all-clear. */
import { shellWord } from '../shell-word.ts';
import { listed, oneLine } from '../text.ts';

export interface Unseen {
  /** The name of the coordination branch when this checkout does not have it: then nothing else was looked at. */
  readonly branch?: string | undefined;
  /** The name or address from which it can be had; `origin` unless the policy says. */
  readonly remote?: string | null;
  /** A head without a base. */
  readonly isBaseMissing?: boolean;
  /** Revisions of the range that are not in this checkout. */
  readonly revisions?: readonly string[];
  /** The two ends of the range, when their common ancestor is not in this checkout. */
  readonly cutRange?: readonly [base: string, head: string] | undefined;
  /** Agents of which nobody can tell here whether they still run. */
  readonly holders?: readonly string[];
  /** Branches of claims that this checkout does not have. */
  readonly absentBranches?: readonly string[];
  /** Branches of claims that are here, while the history to compare them with is not. */
  readonly uncertainBranches?: readonly string[];
  /** Records in folders that this version knows nothing of. */
  readonly unknown?: readonly string[];
  /** How many commits of the coordination branch are here, when there are more elsewhere. */
  readonly commitsHere?: number;
}

export function unseenSentences(unseen: Unseen): string[] {
  const { branch, remote, isBaseMissing, revisions = [], cutRange, holders = [] } = unseen;
  const { absentBranches = [], uncertainBranches = [], unknown = [] } = unseen;
  const sentences: string[] = [];
  if (branch !== undefined) {
    sentences.push(
      `No claims were looked at: there is no branch ${branch} here. Where the team has one, run git fetch --depth 1 ${shellWord(remote ?? 'origin')} ${branch} first.`,
    );
  }
  if (isBaseMissing) sentences.push('No range was looked at: --head was given without --base.');
  if (revisions.length > 0) {
    sentences.push(
      `The range was not looked at: ${words(revisions)} ${isAre(revisions)} not in this checkout. Fetch it, or check the name.`,
    );
  }
  if (cutRange !== undefined) {
    const [base, head] = cutRange.map((rev) => oneLine(rev, 80));
    sentences.push(
      `The history between ${base} and ${head} is cut short in this checkout, so everything in which the two differ counted as changed.`,
    );
  }
  if (holders.length > 0) {
    sentences.push(
      `Whether ${words(holders)} still ${holders.length === 1 ? 'runs' : 'run'} cannot be seen from this machine; the lease is all there is to judge by.`,
    );
  }
  if (absentBranches.length > 0) {
    sentences.push(
      `Whether ${words(absentBranches)} ${isAre(absentBranches)} merged or deleted cannot be seen: this checkout does not have ${absentBranches.length === 1 ? 'that branch' : 'those branches'}.`,
    );
  }
  if (uncertainBranches.length > 0) {
    sentences.push(
      `Whether ${words(uncertainBranches)} ${isAre(uncertainBranches)} merged cannot be seen: the history of the main branch is not here, or git cannot read it.`,
    );
  }
  if (unknown.length > 0) {
    sentences.push(
      `What ${words(unknown)} ${isAre(unknown)} for this version does not know, and did not look at: a newer one may.`,
    );
  }
  if (unseen.commitsHere !== undefined) {
    const here = unseen.commitsHere === 1 ? 'The last commit' : `The last ${unseen.commitsHere} commits`;
    sentences.push(
      `${here} of the coordination branch ${unseen.commitsHere === 1 ? 'was' : 'were'} looked at: earlier ones are not in this checkout.`,
    );
  }
  return sentences;
}

function words(names: readonly string[]): string {
  return listed(
    names.map((name) => oneLine(name, 80)),
    3,
  );
}

function isAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}
