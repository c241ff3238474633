/** Composes a session: the only place that names the real store, clock, chance and host. */

import { randomBytes } from 'node:crypto';
import type { Given } from './domain/agent/given.ts';
import { flawOfName } from './domain/agent/name.ts';
import { IntercomError } from './domain/failure.ts';
import { formatId } from './domain/id.ts';
import { idOf } from './domain/pattern/repository.ts';
import { defaultPolicy, type Policy } from './domain/policy.ts';
import type { ProcessEvidence } from './domain/record/record.ts';
import { hubsFolder, openSyncFor, remoteFor } from './open-sync.ts';
import type { Session } from './operations/session.ts';
import { openSealing } from './sealing/open.ts';
import { openReseal as openResealWith } from './sealing/reseal.ts';
import { keysFolderOf } from './setup/own-folders.ts';
import { Branch } from './store/git/branch.ts';
import { learnPolicy } from './store/git/learn-policy.ts';
import type { Repository } from './store/git/locate.ts';
import { locate } from './store/git/locate-head.ts';
import { openMaintenance } from './store/git/maintenance.ts';
import { repositoryKey } from './store/git/repository-key.ts';
import { openGitStore } from './store/git/store.ts';
import { openSurroundings } from './store/git/surroundings.ts';
import { openUpkeep } from './store/git/upkeep.ts';
import { homeFolder } from './store/local/home.ts';
import { runOutside } from './store/local/outside-command.ts';
import { personUid } from './store/local/person.ts';
import { processState, thisBoot } from './store/local/process.ts';
import { namedUid } from './store/local/session-uid.ts';
import { testAlone, testChance, testClock } from './store/local/test-seams.ts';
import { followPolicy } from './store/policy-file.ts';
import type { Sync } from './store/port.ts';
import { isCourier, startCourier } from './store/sync/background.ts';

export interface OpenOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly agent: string;
  /** It was named by word, and the uid follows from that. */
  readonly isGiven?: boolean | undefined;
  /** What the user's data folder keeps is not made now. */
  readonly leavesNothing?: boolean | undefined;
  readonly uid?: string | undefined;
  /** Nobody named an agent, and no harness is around. */
  readonly isPerson?: boolean | undefined;
  readonly harness?: string | undefined;
  readonly model?: string | undefined;
  /** The process whose end means that the agent is gone. */
  readonly process?: ProcessEvidence | undefined;
  /** The built command, for maintenance in a process of its own; without it there is none. */
  readonly commandFile?: string | undefined;
  /** The remote is not asked: what is claimed is provisional. */
  readonly isOffline?: boolean | undefined;
  /** For who looks over what is wrong: a policy that cannot be read is a finding, and the defaults stand in for it. */
  readonly isLookingOver?: boolean | undefined;
  /** For who only looks: nothing below the repository is written, not even what is derived, and no remote is asked. */
  readonly isReadOnly?: boolean | undefined;
}

export interface Opened {
  readonly session: Session;
  readonly repository: Repository;
}

export async function open(options: OpenOptions): Promise<Opened> {
  requireName(options.agent);
  const located = await locate({ cwd: options.cwd, env: options.env });
  const { policy, flaw } = await policyOf(located, options);
  const repository = { ...located, hubKey: await repositoryKey(located, policy) };
  const chance = testChance(options.env) ?? ((bytes: number) => randomBytes(bytes));
  const { host, bootId } = thisBoot();
  const boot = bootId ?? undefined;
  const clock = testClock(options.env) ?? Date.now;
  const { commandFile, isReadOnly = false } = options;
  const newId = (nowMs: number) => formatId(nowMs, chance(7));
  const wanted = remoteFor(policy, repository, options.env);
  const hasRemote = wanted.remote !== null || wanted.problem !== undefined;
  const sealing = openSealing(keysFolderOf(options.env, homeFolder(options.env)));
  const openReseal = () => openResealWith(sealing, () => newId(clock()));
  const policyNow = followPolicy(repository, policy);
  const maintenance = commandFile === undefined ? undefined : openMaintenance(repository, commandFile);
  const branch = new Branch({
    repository,
    policy,
    policyNow,
    clock,
    newId,
    host,
    boot,
    hasRemote,
    isReadOnly,
    onPackingDue: maintenance?.afterCommits,
    openReseal,
  });
  const sync = isReadOnly
    ? undefined
    : openSyncFor(branch, wanted, { policy, isOffline: options.isOffline === true, clock });
  const bring = courierFor(sync, { ...options, repository });
  if (sync?.isNeglected(policy.sync.idleIntervalSeconds)) bring?.();
  // A claim whose answer is awaited goes to the remote by itself.
  const store = openGitStore(branch, (op) => {
    if (op !== 'claim' || !sync?.isAwaiting()) bring?.();
    if (op !== 'gc') maintenance?.daily();
  });
  const mayMake = !isReadOnly && options.leavesNothing !== true;
  const givenAs = (name: string): Given => {
    const home = personUid(options.env, mayMake) ?? null;
    const { hubKey } = repository;
    const uid = home === null ? undefined : namedUid(home, name, hubKey === null ? null : idOf(hubKey));
    return { name, uid, home, host, repository: hubKey ?? undefined };
  };
  const given = options.isGiven === true ? givenAs(options.agent) : undefined;
  const self = {
    uid: options.uid ?? given?.uid,
    home: given?.home,
    name: options.agent,
    host,
    boot,
    cwd: options.cwd,
    branch: repository.headBranch ?? undefined,
    worktree: repository.workTree ?? undefined,
    repository: repository.hubKey ?? undefined,
    isPerson: options.isPerson,
    harness: options.harness,
    model: options.model,
    process: options.process,
  };
  const session: Session = {
    store,
    surroundings: openSurroundings(repository, policy),
    upkeep: openUpkeep(repository, policy, clock, hubsFolder(options.env)),
    sync,
    sealing,
    self,
    given,
    givenAs,
    newId: () => newId(clock()),
    newUid: () => `u${chance(10).toString('hex')}`,
    tellOutside: (command, variables) => runOutside(repository, command, variables),
    findSecrets: async (text) => (await import('./secrets/find.ts')).findSecrets(text),
    processState,
    policyFlaw: flaw,
  };
  return { session, repository };
}

async function policyOf(
  located: Repository,
  { isLookingOver = false, isReadOnly, leavesNothing }: OpenOptions,
): Promise<{ readonly policy: Policy; readonly flaw?: IntercomError }> {
  try {
    return { policy: await learnPolicy(located, isReadOnly !== true && leavesNothing !== true) };
  } catch (thrown) {
    if (!isLookingOver || !(thrown instanceof IntercomError)) throw thrown;
    return { policy: defaultPolicy, flaw: thrown };
  }
}

/** Starts bringing what is recorded, in a process of its own. That process starts no other. */
function courierFor(
  sync: Sync | undefined,
  { repository, env, commandFile, isOffline, leavesNothing }: OpenOptions & { readonly repository: Repository },
): (() => void) | undefined {
  const staysHere = isOffline === true || leavesNothing === true || testAlone(env);
  if (sync === undefined || commandFile === undefined || staysHere || isCourier(env)) return undefined;
  return () => startCourier(repository, commandFile);
}

/** Here, because whoever acts comes by: the command, the library, and a client that says who it is. */
export function requireName(text: string): void {
  const flaw = flawOfName(text);
  if (flaw === undefined) return;
  throw new IntercomError({ code: 'usage', message: flaw.message, next: `Use a name such as ${flaw.like}.` });
}
