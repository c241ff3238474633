/** Where a `git fetch` of a person keeps the remote's coordination branch (git-fetch(1), the refspec that `clone` sets up). */
import type { Policy } from '../../domain/policy.ts';

/** Of the remote of the policy, where that is a name; `origin` stands for an address and for none. */
export function trackingRef({ branch, remote }: Pick<Policy, 'branch' | 'remote'>): string {
  return `refs/remotes/${remoteName(remote) ?? 'origin'}/${branch}`;
}

export function remoteName(remote: string | null): string | undefined {
  return remote !== null && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(remote) ? remote : undefined;
}
