/**
 * Commits that are not signed, or not well, where signatures were asked for; and an agent whose commits are signed by
 * somebody else than its first one here. The root commit is the same in every clone and has no signature.
 */

import { inWords } from './about-claim.ts';
import { aboutCommit, commitInWords, shortOid } from './about-commit.ts';
import type { CheckFinding } from './finding.ts';
import type { SeenCommit, SeenHistory, Signature } from './seen-commit.ts';

const flaws: Readonly<Record<Exclude<Signature['standing'], 'good' | 'none'>, string>> = {
  untrusted: 'is signed with a key that git does not trust',
  bad: 'does not match its signature',
  expired: 'is signed with a key or for a time that is over',
  revoked: 'is signed with a key that was revoked',
  unknown: 'is signed with a key that is not known here',
};

/** Those made by hand count for nothing, and are another rule's. */
export function badlySigned({ commits }: SeenHistory): CheckFinding[] {
  const signerByUid = new Map<string, string>();
  const findings: CheckFinding[] = [];
  for (const commit of commits.toReversed()) {
    if (!commit.isOurs || commit.parents.length === 0 || commit.signature === undefined) continue;
    const finding = flawOf(commit, commit.signature) ?? changedSigner(commit, commit.signature, signerByUid);
    if (finding !== undefined) findings.push(finding);
  }
  return findings.reverse();
}

function flawOf(commit: SeenCommit, { standing }: Signature): CheckFinding | undefined {
  if (standing === 'good') return undefined;
  const rule = standing === 'none' ? 'unsigned' : 'badly-signed';
  const flaw = standing === 'none' ? 'is not signed' : flaws[standing];
  return aboutCommit(rule, commit, {
    what: `${commitInWords(commit)} of ${inWords(commit.agent)} ${flaw}.`,
    next: `See git show --show-signature ${shortOid(commit.oid)}. With sign: true in .intercom/config.yaml every commit is signed.`,
  });
}

function changedSigner(
  commit: SeenCommit,
  { signer }: Signature,
  signerByUid: Map<string, string>,
): CheckFinding | undefined {
  if (signer === null) return undefined;
  const first = signerByUid.get(commit.uid);
  signerByUid.set(commit.uid, first ?? signer);
  if (first === undefined || first === signer) return undefined;
  return aboutCommit('badly-signed', commit, {
    what: `${commitInWords(commit)} of ${inWords(commit.agent)} is signed by ${inWords(signer)}, and earlier ones by ${inWords(first)}.`,
    next: `Ask both of them; see git show --show-signature ${shortOid(commit.oid)}.`,
  });
}
