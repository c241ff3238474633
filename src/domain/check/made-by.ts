/**
 * Whether a claim belongs to those who made a range of commits, as far as what it changes on one path goes.
 *
 * Best told by the commits that our hooks have seen: each names all claims that its maker had on its paths. One that
 * names the claim was made by its holder. One that names others alone, and was made when the claim was there, was made
 * by somebody else, whatever its branch or author. One from before the claim broke no claim.
 *
 * Of commits that name none it is told simply: the claim was made on the branch that the head is, or its agent is the
 * author of a commit of the range or is named by a commit's `Intercom-Agent` trailer. Names are compared as names of
 * agents, so `Ada Lovelace` is `ada-lovelace`. Co-authors and committers do not count.
 */
import { nameFrom } from '../agent/name.ts';
import type { ClaimRecord } from '../record/record.ts';
import { msOf } from '../time.ts';
import type { Seen, SeenMade, SeenRange } from './seen.ts';

export interface Makers {
  readonly isOwn: (claim: ClaimRecord, path: string) => boolean;
  /** The commit that shows that it is not, where one does. */
  readonly foreignCommit: (claim: ClaimRecord, path: string) => string | undefined;
}

export function makersOf(
  { branches, makers, commits }: SeenRange,
  { clockDriftSeconds }: Pick<Seen, 'clockDriftSeconds'>,
): Makers {
  const names = new Set(makers.flatMap((maker) => [maker, nameFrom(maker) ?? maker]));
  const byPath = new Map<string, SeenMade[]>();
  for (const commit of commits) {
    for (const path of commit.paths) {
      const before = byPath.get(path);
      if (before === undefined) byPath.set(path, [commit]);
      else before.push(commit);
    }
  }
  const isNamed = ({ id }: ClaimRecord, path: string) => byPath.get(path)?.some(({ claims }) => claims.includes(id));
  const foreignCommit = (claim: ClaimRecord, path: string) => {
    const fromMs = msOf(claim.since) + clockDriftSeconds * 1000;
    return isNamed(claim, path) ? undefined : byPath.get(path)?.find(({ atMs }) => atMs > fromMs)?.oid;
  };
  const looksOwn = ({ agent, branch }: ClaimRecord) =>
    (branch !== undefined && branches.includes(branch)) || names.has(agent) || names.has(nameFrom(agent) ?? agent);
  return {
    isOwn: (claim, path) => isNamed(claim, path) || (looksOwn(claim) && foreignCommit(claim, path) === undefined),
    foreignCommit,
  };
}
