/**
 * Packing what we wrote: 2,000 commits leave 67 MB of loose objects and less than 1 MB when packed.
 *
 * By the real `git pack-objects`, into a pack of our own that is marked `.keep`, so that `git gc` of a large repository
 * does not carry our objects into its giant pack. Runs in a process of its own, never in a hook, one at a time, and not
 * beside a running `git gc`. Killed half way it leaves temporary files that `git gc` removes, and nothing else.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import { syncFolder } from '../local/durable.ts';
import { failureOf } from '../local/failure-of.ts';
import { share } from '../local/shared-modes.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import type { PackReport } from '../port.ts';
import { objectEnvironment } from './alternates.ts';
import { isGcRunning } from './inflight.ts';
import { filesIn, keepReason, ownPacks } from './kept-packs.ts';
import type { Repository } from './locate.ts';
import { readRef } from './refs.ts';
import { type GitAnswer, gitFailure, gitOk, isGitInstalled, runGit } from './run.ts';

/** So many packs of ours become one. */
const packsMax = 8;
const timeoutMs = 600_000;

export async function pack(repository: Repository, ref: string): Promise<PackReport> {
  const skipped = (reason: string): PackReport => ({ skipped: reason, objects: 0, bytes: 0 });
  if (!(await isGitInstalled())) return skipped('git is not installed');
  if (isGcRunning(repository.commonDir)) return skipped('git gc is running');
  if (repository.isQuarantined) return skipped('a push is not accepted yet');
  if ((await readRef(repository, ref)) === null) return skipped('the branch does not exist yet');
  const dir = join(repository.commonDir, 'intercom', 'packing');
  const lock = await acquireWriteLock(dir, { waitMsMax: timeoutMs });
  try {
    // Read under the lock: a tip older than what somebody packed meanwhile would take their pack away.
    const tip = await readRef(repository, ref);
    return tip === null ? skipped('the branch is gone') : await packUpTo(repository, tip, join(dir, 'packed'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return skipped('git gc took the new pack away');
    throw failureOf(cause, 'pack', repository.objectsDir);
  } finally {
    await lock.release();
  }
}

async function packUpTo(repository: Repository, tip: Oid, memo: string): Promise<PackReport> {
  const packDir = join(repository.objectsDir, 'pack');
  const last = readMemo(memo);
  if (last === tip) return { skipped: 'everything is packed', objects: 0, bytes: 0 };
  const isKnown = last !== undefined && (await hasCommit(repository, last));
  const packed = await packObjects(repository, '--revs', isKnown ? `${tip}\n^${last}\n` : `${tip}\n`);
  if (packed.code !== 0) throw gitFailure(['pack-objects'], packed);
  let bytes = publish(packDir, nameOf(packed));
  const own = ownPacks(packDir);
  if (own.length >= packsMax) bytes = (await joinPacks(repository, packDir, own)) ?? bytes;
  syncFolder(packDir);
  writeFileSync(memo, tip);
  share(memo);
  const before = looseCount(repository.objectsDir);
  await gitOk(['prune-packed', '--quiet'], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    timeoutMs,
  });
  return { skipped: undefined, objects: Math.max(0, before - looseCount(repository.objectsDir)), bytes };
}

/**
 * Every object of the packs goes into the new one, whether the tip still needs it or not: nothing is lost to a branch
 * that was set back, or to a second one. A git that is older than 2.32 leaves the packs as they are.
 */
async function joinPacks(repository: Repository, packDir: string, own: readonly string[]): Promise<number | undefined> {
  const whole = own.filter((name) => existsSync(join(packDir, `pack-${name}.idx`)));
  const joined = await packObjects(repository, '--stdin-packs', whole.map((name) => `pack-${name}.pack\n`).join(''));
  if (joined.code !== 0) return undefined;
  const bytes = publish(packDir, nameOf(joined));
  syncFolder(packDir);
  for (const name of own) if (name !== nameOf(joined)) removePack(packDir, name);
  return bytes;
}

function packObjects(repository: Repository, how: string, input: string): Promise<GitAnswer> {
  const base = join(repository.objectsDir, 'pack', 'tmp_pack_intercom');
  return runGit(['pack-objects', how, '--local', '--quiet', '--delta-base-offset', base], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    input,
    timeoutMs,
  });
}

function nameOf({ stdout }: GitAnswer): string {
  return stdout.toString('latin1').trim();
}

/** The mark of ours comes first, then the pack, and the index last: only with it does git see the pack. */
function publish(packDir: string, name: string): number {
  const from = (ending: string) => join(packDir, `tmp_pack_intercom-${name}.${ending}`);
  const to = (ending: string) => join(packDir, `pack-${name}.${ending}`);
  const { size } = statSync(from('pack'));
  writeFileSync(to('keep'), `${keepReason}\n`);
  share(to('keep'));
  for (const ending of ['pack', 'rev', 'idx']) {
    try {
      renameSync(from(ending), to(ending));
    } catch (cause) {
      if (ending !== 'rev') throw cause;
    }
  }
  return size;
}

function removePack(packDir: string, name: string): void {
  for (const ending of ['idx', 'rev', 'pack', 'keep']) rmSync(join(packDir, `pack-${name}.${ending}`), { force: true });
}

function readMemo(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return undefined;
  }
}

async function hasCommit(repository: Repository, oid: string): Promise<boolean> {
  const environment = objectEnvironment(repository);
  return (
    (await runGit(['cat-file', '-e', `${oid}^{commit}`], { gitDir: repository.commonDir, environment })).code === 0
  );
}

function looseCount(objectsDir: string): number {
  return readdirSync(objectsDir)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .reduce((count, name) => count + filesIn(join(objectsDir, name)).length, 0);
}
