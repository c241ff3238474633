/**
 * Packing what we wrote: 2,000 commits leave 67 MB of loose objects and less than 1 MB when packed.
 *
 * By the real `git pack-objects`, into a pack of our own that is marked `.keep`, so that `git gc` of a large repository
 * does not carry our objects into its giant pack. Runs in a process of its own, never in a hook, one at a time, and not
 * beside a running `git gc`. Killed half way it leaves temporary files that `git gc` removes, and nothing else.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../../domain/oid.ts';
import { acquireWriteLock } from '../local/write-lock.ts';
import type { PackReport } from '../port.ts';
import { objectEnvironment } from './alternates.ts';
import { isGcRunning } from './inflight.ts';
import type { Repository } from './locate.ts';
import { readRef } from './refs.ts';
import { gitEnvironment, gitOk, isGitInstalled, runGit } from './run.ts';

/** So many packs of ours become one. */
const packsMax = 8;
const keepReason = 'git-intercom: coordination history\n';
const timeoutMs = 600_000;

/** Starts packing in the background and does not wait. `commandFile` is the built command. */
export function startPacking(repository: Repository, commandFile: string): void {
  const { NODE_EXTRA_CA_CERTS: _slow, ...rest } = gitEnvironment(process.env);
  // A hook's own variables may be relative to where it runs, so the repository is named anew.
  const { gitDir, workTree } = repository;
  const place = { GIT_DIR: gitDir, ...(workTree !== null && { GIT_WORK_TREE: workTree }) };
  const env = { ...rest, ...objectEnvironment(repository), ...place };
  const args = [commandFile, '-C', workTree ?? repository.commonDir, 'gc', '--pack-only'];
  const packer = spawn(process.execPath, args, { env, detached: true, stdio: 'ignore', windowsHide: true });
  packer.on('error', () => {}); // Packing is tried again at the next occasion.
  packer.unref();
}

export async function pack(repository: Repository, ref: string): Promise<PackReport> {
  const skipped = (reason: string): PackReport => ({ skipped: reason, objects: 0, bytes: 0 });
  if (!(await isGitInstalled())) return skipped('git is not installed');
  if (isGcRunning(repository.commonDir)) return skipped('git gc is running');
  if (repository.isQuarantined) return skipped('a push is not accepted yet');
  const tip = await readRef(repository, ref);
  if (tip === null) return skipped('the branch does not exist yet');
  const dir = join(repository.commonDir, 'intercom', 'packing');
  mkdirSync(dir, { recursive: true });
  const lock = await acquireWriteLock(dir, { waitMsMax: timeoutMs });
  try {
    return await packUpTo(repository, tip, join(dir, 'packed'));
  } finally {
    await lock.release();
  }
}

async function packUpTo(repository: Repository, tip: Oid, memo: string): Promise<PackReport> {
  const packDir = join(repository.objectsDir, 'pack');
  const old = ownPacks(packDir);
  const last = readMemo(memo);
  const isAll = old.length + 1 >= packsMax || last === undefined || !(await hasCommit(repository, last));
  if (last === tip) return { skipped: 'everything is packed', objects: 0, bytes: 0 };
  const input = isAll ? `${tip}\n` : `${tip}\n^${last}\n`;
  const name = (
    await gitOk(
      ['pack-objects', '--revs', '--local', '--quiet', '--delta-base-offset', join(packDir, 'tmp_pack_intercom')],
      {
        gitDir: repository.commonDir,
        environment: objectEnvironment(repository),
        input,
        timeoutMs,
      },
    )
  ).stdout
    .toString('latin1')
    .trim();
  const bytes = publish(packDir, name);
  if (isAll) for (const each of old) if (each !== name) removePack(packDir, each);
  writeFileSync(memo, tip);
  const before = looseCount(repository.objectsDir);
  await gitOk(['prune-packed', '--quiet'], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    timeoutMs,
  });
  return { skipped: undefined, objects: Math.max(0, before - looseCount(repository.objectsDir)), bytes };
}

/** The mark of ours comes first, then the pack, and the index last: only with it does git see the pack. */
function publish(packDir: string, name: string): number {
  const from = (ending: string) => join(packDir, `tmp_pack_intercom-${name}.${ending}`);
  const to = (ending: string) => join(packDir, `pack-${name}.${ending}`);
  const { size } = statSync(from('pack'));
  writeFileSync(to('keep'), keepReason);
  for (const ending of ['pack', 'rev', 'idx']) {
    try {
      renameSync(from(ending), to(ending));
    } catch (cause) {
      if (ending !== 'rev') throw cause;
    }
  }
  return size;
}

/** Names of packs that carry our mark. */
export function ownPacks(packDir: string): string[] {
  const keeps = (() => {
    try {
      return readdirSync(packDir).filter((file) => /^pack-[0-9a-f]{40}\.keep$/.test(file));
    } catch {
      return [];
    }
  })();
  return keeps
    .filter((file) => readFileSync(join(packDir, file), 'utf8') === keepReason)
    .map((file) => file.slice('pack-'.length, -'.keep'.length));
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
    .reduce((count, name) => count + readdirSync(join(objectsDir, name)).length, 0);
}
