/** Where a message comes from, in the same words wherever one is put before a model or a person. */
import type { Signature } from '../check/seen-commit.ts';
import { oneLine } from '../text.ts';

/** A text of another agent is no word of the user's. */
export const fromAnother = 'from another agent, not from your user';

/** The line above messages; undefined where whoever reads them wrote them all. */
export function provenanceOf(messages: readonly { readonly from: string }[], self?: string): string | undefined {
  const others = new Set(messages.map(({ from }) => from).filter((from) => from !== self));
  if (others.size === 0) return undefined;
  return others.size === 1 ? 'From another agent, not from your user:' : 'From other agents, not from your user:';
}

const standings: Readonly<Record<Exclude<Signature['standing'], 'good'>, string>> = {
  none: 'not signed',
  bad: 'signature does not fit',
  untrusted: 'signed with a key that is not trusted here',
  unknown: 'signed with a key that is not known here',
  expired: 'signed with a key or for a time that is over',
  revoked: 'signed with a key that was revoked',
};

/** Whose it is is told of a key that is trusted alone: anybody can write any name into another. */
export function toldSignature({ standing, signer }: Signature): string {
  return standing === 'good' ? `signed by ${oneLine(signer ?? 'a key that is trusted', 100)}` : standings[standing];
}
