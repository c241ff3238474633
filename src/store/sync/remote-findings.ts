/** What is wrong with the remote or the hub that the policy names, as far as this machine can tell. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
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
  const isGone =
    url !== undefined && isAbsolute(url) && !existsSync(join(url, 'HEAD')) && !existsSync(join(url, '.git'));
  if (!isGone) return [];
  const what = `${policy.hub === null ? 'The remote' : 'The hub'} ${url} is not there. Local coordination goes on.`;
  const isMade = policy.hub !== null && !isAddress(policy.hub);
  const next = isMade
    ? 'Run git intercom init, which makes it.'
    : 'Look whether a disk is missing, or correct the policy.';
  return [{ level: 'warning', what, next }];
}
