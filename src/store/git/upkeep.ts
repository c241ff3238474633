/** Opening the branch, looking it over, mending it: what `init`, `doctor` and `gc` ask for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { removeSignal } from '../local/signal-file.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import { writePolicyFile } from '../policy-write.ts';
import type { Upkeep } from '../port.ts';
import { prepareHub } from '../sync/hub.ts';
import { remoteFindings } from '../sync/remote-findings.ts';
import { rootOf } from './branch-root.ts';
import { Inflight } from './inflight.ts';
import { inspect } from './inspect.ts';
import type { Repository } from './locate.ts';
import { ObjectReader } from './objects.ts';
import { pack } from './packing.ts';
import { policiesApart } from './policies-apart.ts';
import { Projector } from './projector.ts';
import { refuseQuarantine } from './quarantine.ts';
import { RecordReader } from './record-reader.ts';
import { compareAndSwapRef, readRef } from './refs.ts';
import { remotesIn } from './remotes.ts';
import { repair } from './repair.ts';
import { stageRootCommit } from './root-commit.ts';
import { openSigner } from './sign.ts';
import { Stage } from './stage.ts';
import { removeLocalFolder, removePolicy, removeSyncedRefs } from './take-down.ts';
import { trackingRef } from './tracking-ref.ts';
import { TreeReader } from './tree.ts';
import { listWorktrees } from './worktrees.ts';

export function openUpkeep(repository: Repository, policy: Policy, clock: () => number, hubs = ''): Upkeep {
  const dir = join(repository.commonDir, 'intercom');
  const ref = `refs/heads/${policy.branch}`;
  const tracking = trackingRef(policy);
  const inflight = new Inflight(dir, repository.commonDir);
  const objects = new ObjectReader(repository, inflight);
  const trees = new TreeReader(objects);
  const projector = new Projector(join(dir, 'projection'), objects, trees, new RecordReader(objects), {
    ignoreCase: repository.ignoreCase,
    ref,
    hubKey: repository.hubKey ?? null,
  });
  const closing = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } finally {
      objects.close();
    }
  };
  const underLock = async <T>(act: () => T): Promise<Awaited<T>> => {
    refuseQuarantine(repository);
    const lock = await acquireWriteLock(dir, {});
    try {
      return await act();
    } finally {
      await lock.release();
    }
  };
  const sealed = policy.sign ? openSigner(repository) : async (commit: Buffer) => commit;
  const locked = <T>(act: () => Promise<T>) => underLock(() => closing(act));
  return {
    openBranch: () =>
      locked(async () => {
        const known = await readRef(repository, ref);
        if (known !== null) {
          await rootOf(objects, trees, known, ref);
          await projector.refresh(known, clock());
          return { created: false, tip: known };
        }
        const stage = new Stage(repository, inflight);
        const remote = await readRef(repository, tracking);
        if (remote !== null) await rootOf(objects, trees, remote, tracking);
        const tip = remote ?? (await stageRootCommit(stage, trees)).commit;
        await stage.persist();
        const swap = await compareAndSwapRef(repository, ref, 'absent', tip, dir);
        const now = swap === 'swapped' || swap.moved === 'absent' ? tip : swap.moved;
        await projector.refresh(now, clock());
        return { created: swap === 'swapped', tip: now };
      }),
    writePolicy: async (keys, how) =>
      repository.workTree === null
        ? undefined
        : writePolicyFile({ ...repository, workTree: repository.workTree }, keys, how),
    prepareHub: (hub, how) => prepareHub(hub, { repository, policy, hubsFolder: hubs }, how),
    remotes: async () => {
      const known = remotesIn(repository.config).map(async (remote) => {
        const tip = await readRef(repository, `refs/remotes/${remote.name}/${policy.branch}`);
        return { ...remote, hasBranch: tip !== null };
      });
      return Promise.all(known);
    },
    inspect: () =>
      closing(async () => [
        ...(await inspect(repository, ref, { objects, trees })),
        ...(await policiesApart(repository, policy)),
        ...remoteFindings(policy, repository, hubs),
      ]),
    repair: () =>
      locked(() =>
        repair(repository, ref, { dir, tracking, objects, trees, projector, inflight, nowMs: clock(), sealed }),
      ),
    pack: () =>
      closing(async () => {
        const look = await underLock(() => inflight.look());
        await objects.secure(inflight.all());
        const report = await pack(repository, ref);
        if (report.skipped === undefined) await underLock(() => inflight.forget(look));
        return report;
      }),
    takeDown: async (policyFile, how) => {
      const policyGone = await removePolicy(repository, policyFile, how);
      if (how === 'write' && existsSync(dir)) await locked(() => objects.secure(inflight.all()));
      const workTrees = (await listWorktrees(repository)).map(({ path }) => path);
      const signal = removeSignal(repository.commonDir, workTrees, how === 'rehearse');
      const refs = await removeSyncedRefs(repository, how);
      return [...policyGone, ...signal, ...refs, ...removeLocalFolder(repository, how)];
    },
  };
}
