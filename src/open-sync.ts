/** Composes the way to the remote: which one the policy means, how it is reached, and who brings what is recorded. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Policy } from './domain/policy.ts';
import { cacheFolderOf, dataFolderOf } from './setup/own-folders.ts';
import type { Branch } from './store/git/branch.ts';
import type { Repository } from './store/git/locate.ts';
import { mainTop } from './store/git/main-top.ts';
import { homeFolder } from './store/local/home.ts';
import type { Sync } from './store/port.ts';
import { chosenTransport } from './store/sync/chosen-transport.ts';
import { openGitTransport } from './store/sync/git-transport.ts';
import { askedForOffline, offlineTransport } from './store/sync/offline.ts';
import { type RemoteOf, remoteOf } from './store/sync/remote-of.ts';
import { plainSpelling } from './store/sync/spelling.ts';
import { openSync } from './store/sync/sync.ts';
import type { Transport } from './store/sync/transport.ts';

export function remoteFor(policy: Policy, repository: Repository, env: NodeJS.ProcessEnv): RemoteOf {
  if (policy.remote === null && policy.hub === null) return { remote: null };
  return remoteOf(policy, repository, hubsFolder(env));
}

/** Where hubs lie that the policy gives a name only. */
export function hubsFolder(env: NodeJS.ProcessEnv): string {
  return join(dataFolderOf(env, homeFolder(env)), 'hubs');
}

export interface SyncChoice {
  readonly policy: Policy;
  readonly isOffline: boolean;
  readonly clock: () => number;
}

/** Undefined where there is no remote. A policy that names one which is not there leaves the clone on its own. */
export function openSyncFor(
  branch: Branch,
  wanted: RemoteOf,
  { policy, isOffline, clock }: SyncChoice,
): Sync | undefined {
  const { remote, problem } = wanted;
  if (remote === null && problem === undefined) return undefined;
  const deadlineMs = policy.sync.deadlineSeconds * 1000;
  const transport = transportOf(wanted, branch, { deadlineMs, isOffline, branchName: policy.branch });
  const named = remote ?? policy.hub ?? policy.remote ?? '';
  return openSync({
    branch,
    transport,
    remote: named,
    clock,
    chance: Math.random,
    deadlineMs,
    turnsDir: turnsFolder(wanted.url ?? named, policy.branch, branch.repository),
  });
}

/** Of all clones that mean this remote. Where two spellings of it are too far apart they are two lines, and meet at the remote. */
function turnsFolder(remote: string, branch: string, repository: Repository): string {
  const place = /^\.\.?([/\\]|$)/.test(remote) ? join(mainTop(repository), remote) : remote;
  const name = createHash('sha256')
    .update(`${plainSpelling(place)}\0${branch}`)
    .digest('hex')
    .slice(0, 16);
  return join(cacheFolderOf(process.env, homeFolder(process.env)), 'turns', name);
}

function transportOf(
  { remote, url, problem }: RemoteOf,
  { repository, dir }: Branch,
  { deadlineMs, isOffline, branchName }: { deadlineMs: number; isOffline: boolean; branchName: string },
): Transport {
  if (isOffline) return offlineTransport(askedForOffline);
  if (remote === null) {
    return offlineTransport({ status: 'offline', why: problem?.what ?? '', next: problem?.next ?? '' });
  }
  const parts = { repository, branch: branchName, deadlineMs };
  return chosenTransport(openGitTransport({ ...parts, remote }), async () => {
    const { openHttpTransport } = await import('./store/sync/http.ts');
    return openHttpTransport({ ...parts, url: url ?? remote, env: process.env, journalDir: dir });
  });
}
