/** The words and fields that all findings about a commit share. */
import { inWords } from './about-claim.ts';
import { type CheckFinding, type CheckRule, checkRules } from './finding.ts';
import type { SeenCommit } from './seen-commit.ts';

/** `path` is the record that it is about, when it is about one. */
export function aboutCommit(
  rule: CheckRule,
  commit: Pick<SeenCommit, 'oid' | 'agent'>,
  { what, next, path }: { readonly what: string; readonly next: string; readonly path?: string },
): CheckFinding {
  return {
    rule,
    gravity: checkRules[rule].gravity,
    what,
    next,
    id: commit.oid,
    agent: commit.agent === '' ? null : commit.agent,
    paths: [],
    record: path === undefined ? '.intercom' : `.intercom/${path}.yaml`,
  };
}

export function commitInWords({ oid, subject }: Pick<SeenCommit, 'oid' | 'subject'>): string {
  return `The commit ${shortOid(oid)} (${inWords(subject)})`;
}

export function shortOid(oid: string): string {
  return oid.slice(0, 12);
}
