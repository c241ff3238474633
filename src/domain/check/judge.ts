/** All rules, one finding for each cause and claim, in the order in which somebody should look at them. */
import { msOf } from '../time.ts';
import { badlySigned } from './badly-signed.ts';
import { branchOver } from './branch-over.ts';
import { claimedByOther } from './claimed-by-other.ts';
import { claimsOverlap } from './claims-overlap.ts';
import { commitByHand } from './commit-by-hand.ts';
import { type CheckFinding, type CheckRule, checkRules, type Gravity, gravities, type Judgement } from './finding.ts';
import { holderGone } from './holder-gone.ts';
import { leaseOver } from './lease-over.ts';
import { notLinear } from './not-linear.ts';
import type { Seen } from './seen.ts';
import type { SeenHistory } from './seen-commit.ts';
import { tooOld } from './too-old.ts';
import { unreadableRecord } from './unreadable-record.ts';
import { unreadableWritten } from './unreadable-written.ts';
import { writtenForAnother } from './written-for-another.ts';

/** The least grave finding that makes the check fail. */
export type FailOn = Gravity | 'never';

export function judge(
  seen: Seen,
  { failOn, ...told }: Pick<Judgement, 'unseen' | 'counts'> & { readonly failOn: FailOn },
): Judgement {
  const stale = seen.claims.flatMap((claim) =>
    [leaseOver(claim, seen), holderGone(claim, seen), branchOver(claim), tooOld(claim, seen)].filter(
      (finding) => finding !== undefined,
    ),
  );
  const findings = [
    ...seen.unreadable.map(unreadableRecord),
    ...(seen.history === undefined ? [] : inHistory(seen.history, seen.agents ?? new Map())),
    ...claimedByOther(seen),
    ...claimsOverlap(seen),
    ...stale,
  ];
  const fails = ({ gravity }: CheckFinding) =>
    failOn !== 'never' && gravities.indexOf(gravity) >= gravities.indexOf(failOn);
  return { ok: !findings.some(fails), findings: inOrder(findings, seen), ...told };
}

function inHistory(history: SeenHistory, agents: NonNullable<Seen['agents']>): CheckFinding[] {
  return [
    ...notLinear(history),
    ...writtenForAnother(history, agents),
    ...badlySigned(history),
    ...unreadableWritten(history),
    ...commitByHand(history),
  ];
}

const rules = Object.keys(checkRules) as readonly CheckRule[];

/** The gravest first, then the oldest claim. Of unreadable records nobody knows the age: their ids begin with time. */
function inOrder(findings: readonly CheckFinding[], { claims }: Pick<Seen, 'claims'>): CheckFinding[] {
  const sinceMsByFile = new Map(claims.map(({ claim, file }) => [file, msOf(claim.since) || 0]));
  return findings
    .map((finding) => ({ finding, sinceMs: sinceMsByFile.get(finding.record) ?? 0 }))
    .sort(
      ({ finding: a, sinceMs: aMs }, { finding: b, sinceMs: bMs }) =>
        gravities.indexOf(b.gravity) - gravities.indexOf(a.gravity) ||
        aMs - bMs ||
        compare(a.id, b.id) ||
        compare(a.record, b.record) ||
        rules.indexOf(a.rule) - rules.indexOf(b.rule),
    )
    .map(({ finding }) => finding);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
