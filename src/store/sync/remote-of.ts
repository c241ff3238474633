/** Which repository the policy means: what git is given as the remote of the coordination branch. */
import { isAbsolute, join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { listed } from '../../domain/text.ts';
import type { Repository } from '../git/locate.ts';
import { mainTop } from '../git/main-top.ts';
import { hasIncludes, isAddress, remotesIn } from '../git/remotes.ts';

export interface RemoteOf {
  /** A name that git knows, a URL or an absolute path; null where there is none. */
  readonly remote: string | null;
  /** Where it leads, as configured; git may rewrite it (`url.<base>.insteadOf`). */
  readonly url?: string;
  /** The name in the policy, where git knows only another one: the remote was renamed. */
  readonly renamedFrom?: string;
  /** Why there is none although the policy wants one. Local coordination goes on. */
  readonly problem?: { readonly what: string; readonly next: string };
}

/** A hub goes before a remote. `hubsFolder` is where hubs lie that have a name only. Nothing is looked up over a network. */
export function remoteOf(
  policy: Pick<Policy, 'remote' | 'hub'>,
  repository: Pick<Repository, 'config' | 'commonDir' | 'workTree'>,
  hubsFolder: string,
): RemoteOf {
  const { hub, remote } = policy;
  if (hub !== null) {
    const url = isAddress(hub) ? place(hub, repository) : join(hubsFolder, `${hub}.git`);
    return { remote: url, url };
  }
  if (remote === null) return { remote: null };
  const known = remotesIn(repository.config);
  const named = known.find(({ name }) => name === remote);
  if (named !== undefined) return { remote, url: named.url };
  if (isAddress(remote)) {
    const url = place(remote, repository);
    return { remote: url, url };
  }
  if (hasIncludes(repository.config)) return { remote };
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return { remote: only.name, url: only.url, renamedFrom: remote };
  const what = `The policy names the remote ${remote}, and this clone has ${
    only === undefined ? 'no remote' : `only ${listed(known.map(({ name }) => name, 5))}`
  }.`;
  const next =
    only === undefined
      ? `Run git remote add ${remote} <url>, or git intercom init --no-remote.`
      : `Run git remote add ${remote} <url>, or git intercom init --remote ${only.name}.`;
  return { remote: null, problem: { what, next } };
}

/** A path in the policy is meant from the top of the main work tree, wherever a linked one lies. */
function place(address: string, repository: Pick<Repository, 'commonDir' | 'workTree'>): string {
  const isPath = !/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(address) && !/^[^/\\]+:/.test(address);
  return isPath && !isAbsolute(address) ? join(mainTop(repository), address) : address;
}
