/**
 * The way to the remote by the real git: ssh, credentials, proxies and file remotes are its business.
 *
 * Hooks of the repository do not run, nothing is asked on a terminal, and everything has a deadline.
 */
import { isOid, type Oid } from '../../domain/oid.ts';
import { objectEnvironment } from '../git/alternates.ts';
import type { Repository } from '../git/locate.ts';
import { mainTop } from '../git/main-top.ts';
import { readRef } from '../git/refs.ts';
import { type GitAnswer, runGit } from '../git/run.ts';
import { fetchedRef } from '../git/synced-refs.ts';
import { unreachedBy } from './said.ts';
import type { Moved, Pushed, Reached, Transport, Unreached } from './transport.ts';

export interface GitTransportOptions {
  readonly repository: Repository;
  /** A name that git knows, or a URL. */
  readonly remote: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** For one call of git; what takes longer is killed, and counts as offline. */
  readonly deadlineMs: number;
}

/** No hook (githooks(5)), no reflog, nothing that runs afterwards on its own, and no waiting for a person at ssh. */
const plainly = [
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.logAllRefUpdates=false'],
  ...['-c', 'gc.auto=0'],
  ...['-c', 'maintenance.auto=false'],
  ...['-c', 'fetch.writeCommitGraph=false'],
  ...['-c', 'push.recurseSubmodules=no'],
  // What goes is mostly one commit: to start threads for its deltas takes longer than to make them.
  ...['-c', 'pack.threads=1'],
  ...['-c', 'advice.pushUpdateRejected=false'],
];

/** What the branch is going to name is on the disk before it does: by default git does not sync loose objects (git-config(1)). */
const durably = [...['-c', 'core.fsync=committed'], ...['-c', 'core.fsyncMethod=batch']];

export function openGitTransport({ repository, remote, branch, deadlineMs }: GitTransportOptions): Transport {
  const ref = `refs/heads/${branch}`;
  // Git takes a path as a URL from the folder that it runs in.
  const cwd = mainTop(repository);
  const environment = { ...objectEnvironment(repository), ...sshInBatchMode(repository) };
  const git = (args: readonly string[]): Promise<GitAnswer> =>
    runGit([...plainly, ...args], { gitDir: repository.commonDir, cwd, environment, timeoutMs: deadlineMs });
  const unreached = (answer: GitAnswer) => unreachedBy(answer, { remote, branch, deadlineMs });

  const fetch = async (depth: readonly string[]): Promise<Reached<Oid | null> | Unreached> => {
    const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', ...depth];
    const answer = await git([...durably, 'fetch', ...quietly, remote, `+${ref}:${fetchedRef}`]);
    if (answer.code === 0) return { status: 'reached', value: await readRef(repository, fetchedRef) };
    if (/couldn't find remote ref/i.test(answer.stderr)) return { status: 'reached', value: null };
    return unreached(answer);
  };

  return {
    look: async () => {
      const answer = await git(['ls-remote', '--refs', remote, ref]);
      if (answer.code !== 0) return unreached(answer);
      const line = answer.stdout
        .toString('latin1')
        .split('\n')
        .find((each) => each.endsWith(`\t${ref}`));
      const oid = line?.split('\t', 1)[0] ?? '';
      return { status: 'reached', value: isOid(oid) ? oid : null };
    },
    fetch: () => fetch([]),
    deepen: () => fetch(repository.isShallow ? ['--unshallow'] : []),
    push: async (next) => {
      const answer = await git(['push', '--porcelain', '--no-verify', '--no-follow-tags', remote, `${next}:${ref}`]);
      return pushedBy(answer, ref) ?? unreached(answer);
    },
  };
}

/**
 * The line of our branch in git-push(1)'s porcelain: `<flag>\t<from>:<to>\t<summary>`. `!` is a rejection: by our git
 * because the remote has what we lack, by the remote because its branch moved in that moment, or because it does not
 * let us. Undefined where the push came to no answer about the branch, or to a no that is not about its value.
 */
function pushedBy({ stdout, stderr }: GitAnswer, ref: string): Pushed | Moved | undefined {
  const line = stdout
    .toString('utf8')
    .split('\n')
    .find((each) => each.split('\t')[1]?.endsWith(`:${ref}`));
  if (line === undefined) return undefined;
  const [flag = '', , summary = ''] = line.split('\t');
  if (flag === '=') return { status: 'accepted', was: undefined };
  if (flag === '*') return { status: 'accepted', was: null };
  if (flag === ' ' || flag === '+') return { status: 'accepted', was: /^([0-9a-f]{4,})\.\./.exec(summary)?.[1] };
  const isMoved =
    /\[rejected\]/.test(summary) ||
    /failed to update ref|cannot lock ref|incorrect old value|reference already exists|fetch first|non-fast-forward/i.test(
      `${summary}\n${stderr}`,
    );
  return isMoved && !/hook declined|protected branch|prohibited/i.test(summary) ? { status: 'moved' } : undefined;
}

/** An ssh that asks for a password would wait for ever; who set a command of his own keeps it. */
function sshInBatchMode({ config }: Repository): NodeJS.ProcessEnv {
  if (process.env.GIT_SSH_COMMAND !== undefined || process.env.GIT_SSH !== undefined) return {};
  if (config.get('core.sshcommand') !== undefined) return {};
  return { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
}
