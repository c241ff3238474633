/** Opening the branch, looking it over, mending it: what `init`, `doctor` and `gc` ask for. */
import { constants, copyFileSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { defaultPolicyFile } from '../../domain/policy-file/text.ts';
import { failureOf } from '../local/failure-of.ts';
import { removeSignal } from '../local/signal-file.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import { policyFileName } from '../policy-file-name.ts';
import type { Upkeep } from '../port.ts';
import { rootOf } from './branch-root.ts';
import { Inflight } from './inflight.ts';
import { inspect } from './inspect.ts';
import type { Repository } from './locate.ts';
import { ObjectReader } from './objects.ts';
import { pack } from './packing.ts';
import { Projector } from './projector.ts';
import { refuseQuarantine } from './quarantine.ts';
import { compareAndSwapRef, readRef } from './refs.ts';
import { repair } from './repair.ts';
import { stageRootCommit } from './root-commit.ts';
import { Stage } from './stage.ts';
import { removeLocalFolder, removePolicy } from './take-down.ts';
import { TreeReader } from './tree.ts';
import { listWorktrees } from './worktrees.ts';

export function openUpkeep(repository: Repository, policy: Policy, clock: () => number): Upkeep {
  const dir = join(repository.commonDir, 'intercom');
  const ref = `refs/heads/${policy.branch}`;
  const inflight = new Inflight(dir, repository.commonDir);
  const objects = new ObjectReader(repository, inflight);
  const trees = new TreeReader(objects);
  const projector = new Projector(join(dir, 'projection'), objects, trees, repository);
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
        const remote = await readRef(repository, `refs/remotes/origin/${policy.branch}`);
        if (remote !== null) await rootOf(objects, trees, remote, `refs/remotes/origin/${policy.branch}`);
        const tip = remote ?? (await stageRootCommit(stage, trees)).commit;
        await stage.persist();
        const swap = await compareAndSwapRef(repository, ref, 'absent', tip, dir);
        const now = swap === 'swapped' || swap.moved === 'absent' ? tip : swap.moved;
        await projector.refresh(now, clock());
        return { created: swap === 'swapped', tip: now };
      }),
    writePolicy: async (how) => {
      if (repository.workTree === null) return undefined;
      const path = join(repository.workTree, policyFileName);
      if (existsSync(path)) return { path: policyFileName, changed: false };
      return { path: policyFileName, changed: how === 'rehearse' || writeNew(path, defaultPolicyFile) };
    },
    inspect: () => closing(() => inspect(repository, ref, { objects, trees })),
    repair: () => locked(() => repair(repository, ref, { dir, objects, trees, projector, inflight, nowMs: clock() })),
    pack: () =>
      closing(async () => {
        const look = await underLock(() => inflight.look());
        await objects.secure(inflight.objects());
        const report = await pack(repository, ref);
        if (report.skipped === undefined) await underLock(() => inflight.forget(look));
        return report;
      }),
    takeDown: async (policyFile, how) => {
      const policyGone = await removePolicy(repository, policyFile?.digest, how);
      if (how === 'write' && existsSync(dir)) await locked(() => objects.secure(inflight.objects()));
      const workTrees = (await listWorktrees(repository)).map(({ path }) => path);
      const signal = removeSignal(repository.commonDir, workTrees, how === 'rehearse');
      return [...policyGone, ...signal, ...removeLocalFolder(repository, how)];
    },
  };
}

/** False where somebody was first. It appears whole: others read it at every start, and a key cut in two is an error. */
function writeNew(path: string, text: string): boolean {
  const temporary = `${path}~${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    placeNew(temporary, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failureOf(cause, 'write the policy file', path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Where there are no hard links it is copied, and for a moment may be seen in part. */
function placeNew(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw cause;
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}
