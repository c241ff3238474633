/** What is wrong with the remote or the hub that the policy names, as far as this machine can tell. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import type { Repository } from '../git/locate.ts';
import { isAddress } from '../git/remotes.ts';
import type { Finding } from '../port.ts';
import { remoteOf } from './remote-of.ts';

/** Nothing is looked up over a network. */
export function remoteFindings(
  policy: Pick<Policy, 'remote' | 'hub'>,
  repository: Repository,
  hubsFolder: string,
): Finding[] {
  const { remote, url, renamedFrom, problem } = remoteOf(policy, repository, hubsFolder);
  if (problem !== undefined) return [{ level: 'warning', ...problem }];
  if (renamedFrom !== undefined) {
    return [
      {
        level: 'info',
        what: `The policy names the remote ${renamedFrom}, which is none here; ${remote}, the only one, is used.`,
        next: `If it was renamed for all, run git intercom init --remote ${remote}.`,
      },
    ];
  }
  // Any other place is asked for by whoever looks at it; this one can be made.
  const isMade = policy.hub !== null && !isAddress(policy.hub);
  if (!isMade || url === undefined || existsSync(join(url, 'HEAD'))) return [];
  const what = `The hub ${url} is not there. Local coordination goes on.`;
  return [{ level: 'warning', what, next: 'Run git intercom init, which makes it.' }];
}
