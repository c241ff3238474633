/** Making sure that the hub of several repositories is there, before the policy names it. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { IntercomError } from '../../domain/failure.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Repository } from '../git/locate.ts';
import { isAddress } from '../git/remotes.ts';
import { repositoryKey } from '../git/repository-key.ts';
import { gitOk } from '../git/run.ts';
import { failureOf } from '../local/failure-of.ts';
import type { PreparedHub } from '../port.ts';
import { remoteOf } from './remote-of.ts';

interface Place {
  readonly repository: Repository;
  readonly policy: Policy;
  readonly hubsFolder: string;
}

/**
 * A plain name is a bare repository in the user's data folder, made where it is not there. A path must lead to a
 * repository; a URL is believed until something is pushed to it.
 */
export async function prepareHub(
  hub: string,
  { repository, policy, hubsFolder }: Place,
  how: 'write' | 'rehearse',
): Promise<PreparedHub> {
  if (!isAddress(hub) && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(hub)) {
    throw new IntercomError({
      code: 'usage',
      message: `${JSON.stringify(hub)} cannot be the name of a hub: it has letters, digits, dots, dashes and underscores.`,
      next: 'Use a name such as team, a path such as ../hub.git, or a URL.',
    });
  }
  const key = (await repositoryKey(repository, { hub, repository: policy.repository })) as string;
  const { url = hub } = remoteOf({ remote: null, hub }, repository, hubsFolder);
  if (!isAddress(hub)) {
    const isThere = existsSync(join(url, 'HEAD'));
    if (!isThere && how === 'write') await makeBare(url, policy.branch);
    return { key, folder: url, created: !isThere };
  }
  if (isAbsolute(url) && !existsSync(join(url, 'HEAD')) && !existsSync(join(url, '.git'))) {
    throw new IntercomError({
      code: 'usage',
      message: `There is no repository at ${url} that could be the hub.`,
      next: `Run git init --bare ${url} first, or give a plain name: git intercom init --hub team.`,
    });
  }
  return { key, folder: undefined, created: false };
}

/** Whole or not at all. What is pushed there by force, or deleted, by whatever program, is refused by git. */
async function makeBare(folder: string, branch: string): Promise<void> {
  const temporary = `${folder}~${process.pid}`;
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    await gitOk(['-c', `init.defaultBranch=${branch}`, 'init', '--quiet', '--bare', '--template=', temporary]);
    for (const key of ['receive.denyNonFastForwards', 'receive.denyDeletes']) {
      await gitOk(['config', key, 'true'], { gitDir: temporary });
    }
    // Another init may have been first: then its folder is not empty, and stays.
    renameSync(temporary, folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if ((code === 'ENOTEMPTY' || code === 'EEXIST') && existsSync(join(folder, 'HEAD'))) return;
    throw cause instanceof IntercomError ? cause : failureOf(cause, 'make the hub', folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
