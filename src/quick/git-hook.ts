/**
 * What git's hooks call, composed: `git-intercom hook git <name> [args…]`. The launcher starts it by itself; typed, it is
 * loaded by bin.ts.
 *
 * A commit waits for it, so it is answered from the projection with nothing but node's own modules, and the store is
 * loaded only where the projection does not say enough. Nothing is packed here, and index and work tree stay as they are.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { currentFolder, realFolder } from '../cli/path-from-top.ts';
import { nameFrom, whyNoName } from '../domain/agent/name.ts';
import { IntercomError } from '../domain/failure.ts';
import { defaultPolicy, type HookPolicy } from '../domain/policy.ts';
import { sessionInEnvironment } from '../harness/detect.ts';
import { runGitHook } from '../hooks/command.ts';
import type { CommitPaths, HookWorld } from '../hooks/world.ts';
import { identityOf } from '../identity.ts';
import { committedPaths, mergedPaths, pushedClaims, pushedPaths, stagedPaths } from '../store/git/commit-paths.ts';
import { askGit, type HookPlace } from '../store/git/hook-git.ts';
import { locateNow, type Repository } from '../store/git/locate.ts';
import { addTrailers } from '../store/git/message-trailers.ts';
import { readRefFile } from '../store/git/ref-files.ts';
import { personUid } from '../store/local/person.ts';
import { testClock } from '../store/local/test-seams.ts';
import { isInHub, plainPolicyLines, wantsStrict } from '../store/plain-policy.ts';
import type { NamedSelf } from '../store/projection/read.ts';
import { hasSubscribers, holdsNone, quickVerdict } from './claims.ts';
import { onDemand } from './whole-program.ts';

declare const module: unknown;
declare const require: { readonly main: unknown };

const deadlineMs = 10_000;

/** `words` are those behind `hook git`. Sets the exit code of the process; ends it where a hook is late. */
export async function main(words: readonly string[], directory: string | undefined, agent: string | undefined) {
  const { env } = process;
  const cwd = realFolder(resolve(currentFolder(env), directory ?? '.'));
  const [name = '', ...args] = words;
  const { code, isLate } = await runGitHook(name, args, {
    env,
    tell: (text) => writeSync(2, `${text}\n`),
    readStdin: () => readFileSync(0, 'utf8'),
    open: async () => openWorld({ cwd, env }, agent ?? (env.INTERCOM_AGENT || undefined)),
    isStrict: () => isStrict({ cwd, env }, agent),
    deadlineMs,
  });
  process.exitCode = code;
  if (isLate) process.exit(code);
}

/** People are never locked out. Where not even the repository is found, nobody wants anything. */
function isStrict(place: HookPlace, agent: string | undefined): boolean {
  const isAgent = Boolean(agent ?? place.env.INTERCOM_AGENT) || sessionInEnvironment(place.env) !== undefined;
  try {
    return isAgent && wantsStrict(locateNow(place));
  } catch {
    return false;
  }
}

function openWorld(
  place: HookPlace,
  agent: string | undefined,
): Promise<HookWorld | undefined> | HookWorld | undefined {
  const repository = repositoryAt(place);
  if (repository === undefined) return undefined;
  const lines = plainPolicyLines(repository);
  // In a hub a name that was given may be a namesake's.
  const isPlain = lines !== undefined && !(isInHub(lines) && agent !== undefined);
  if (!isPlain || repository.refFormat !== 'files') return openWholly(place, repository, agent);
  const branch = defaultPolicy.branch;
  const tip = readRefFile(repository.commonDir, `refs/heads/${branch}`);
  if (tip === null) return undefined;
  const whole = onDemand(place, agent);
  const policy = hookPolicyIn(lines);
  const inHub = isInHub(lines);
  const world = around({ place, repository, agent, branch, policy });
  const asking = () => ({ tip, repository, self: selfOf(agent, place), nowMs: world.nowMs, inHub });
  return {
    ...world,
    close: whole.close,
    wereGivenBack: whole.wereGivenBack,
    tellChanged: async (paths) => (hasSubscribers(asking()) ? whole.tellChanged(paths) : []),
    verdictOn: async (paths) => quickVerdict(paths, asking()) ?? whole.verdictOn(paths),
    claimsOn: async (paths) => (holdsNone(paths, asking()) ? [] : whole.claimsOn(paths)),
    giveBack: async (meant) => (holdsNone(meant.paths, asking()) ? [] : whole.giveBack(meant)),
  };
}

/** A folder without a repository is nobody's to guard; a repository that cannot be served is told. */
function repositoryAt(place: HookPlace): Repository | undefined {
  try {
    return locateNow(place);
  } catch (thrown) {
    if (thrown instanceof IntercomError && thrown.code === 'not-a-repository') return undefined;
    throw thrown;
  }
}

/** Where the policy says more than is plain, or refs are no files. */
async function openWholly(place: HookPlace, repository: Repository, agent: string | undefined) {
  const whole = onDemand(place, agent);
  const { policy, place: where } = (await whole.session()).store;
  const tip = askGit(place, ['rev-parse', '--verify', '--quiet', where.ref]);
  if (tip === undefined) return undefined;
  return { ...around({ place, repository, agent, branch: policy.branch, policy: policy.hooks }), ...whole };
}

interface Around {
  readonly place: HookPlace;
  readonly repository: Repository;
  readonly agent: string | undefined;
  readonly branch: string;
  readonly policy: HookPolicy;
}

function around({ place, repository, agent, branch, policy }: Around) {
  const { gitDir, headBranch } = repository;
  const git: CommitPaths = {
    staged: () => stagedPaths(place, gitDir),
    committed: () => committedPaths(place),
    merged: () => mergedPaths(place),
    pushed: (remote, refs) => pushedPaths(place, remote, refs),
    pushedClaims: (remote, refs, paths) => pushedClaims(place, remote, refs, paths),
    addTrailers: (file, trailers) => addTrailers(place, file, trailers),
  };
  return {
    isPerson: agent === undefined && sessionInEnvironment(place.env) === undefined,
    policy,
    coordinationBranch: branch,
    headBranch,
    isRebasing: ['rebase-merge', 'rebase-apply'].some((name) => existsSync(join(gitDir, name))),
    nowMs: (testClock(place.env) ?? Date.now)(),
    git,
  };
}

function hookPolicyIn(lines: readonly string[]): HookPolicy {
  const said = lines.flatMap((line) => {
    const [, key = '', value = ''] = /^ {2}(commit|push|releaseOnCommit): (\w+)$/.exec(line) ?? [];
    return key === '' ? [] : [[key, value]];
  });
  return { ...defaultPolicy.hooks, ...(Object.fromEntries(said) as Partial<HookPolicy>) };
}

/** By the uid of the harness's session or of the person; by the name where only the branch knows the uid. */
function selfOf(agent: string | undefined, place: HookPlace): NamedSelf {
  if (agent !== undefined) {
    const reason = whyNoName(agent);
    if (reason !== undefined) throw new Error(`${JSON.stringify(agent)} cannot be the name of an agent: ${reason}`);
    return { name: agent, uid: undefined, given: { home: personUid(place.env, false) } };
  }
  const harness = sessionInEnvironment(place.env);
  const uid = harness === undefined ? personUid(place.env, false) : identityOf(harness).uid;
  if (uid !== undefined) return { name: '', uid };
  return { name: nameFrom((askGit(place, ['config', '--get', 'user.name']) ?? '').trim()) ?? '', uid };
}

if (require.main === module) {
  main(process.argv.slice(4), undefined, undefined).catch((thrown: Error) => {
    writeSync(2, `git intercom: the hook could not run, and git goes on: ${thrown.message.split('\n', 1)[0]}\n`);
    process.exitCode = 0;
  });
}
