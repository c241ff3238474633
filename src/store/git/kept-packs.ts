/**
 * Packs of ours, each with a `.keep` beside it, so that `git gc` neither takes them away nor carries what is in them into
 * another pack (git-repack(1)). Packing makes one of many.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../local/durable.ts';
import { objectEnvironment } from './alternates.ts';
import type { Repository } from './locate.ts';
import type { GitObject } from './loose.ts';
import { encodePack } from './pack-stream.ts';
import { runGit } from './run.ts';

export const keepReason = 'git-intercom: coordination history';

/** Whatever `core.fsync` says: nothing is acknowledged before its commit is on the disk. */
const durably = ['-c', 'core.fsync=committed'];

/**
 * Resolves when all of them are on the disk; false where git could not, or there is none. A crash leaves a `tmp_pack_`,
 * which `git gc` removes.
 */
export async function writeKeptPack(repository: Repository, objects: readonly GitObject[]): Promise<boolean> {
  const { code } = await runGit([...durably, 'index-pack', '--stdin', `--keep=${keepReason}`], {
    gitDir: repository.commonDir,
    environment: objectEnvironment(repository),
    input: encodePack(objects),
  });
  if (code === 0) syncFolder(packFolder(repository));
  return code === 0;
}

/** Once for so many of ours: more would make every git of the repository slower. */
export function areManyPacks(repository: Repository): boolean {
  const count = ownPacks(packFolder(repository)).length;
  return count > 0 && count % manyPacks === 0;
}

const manyPacks = 24;

function packFolder({ objectsDir }: Repository): string {
  return join(objectsDir, 'pack');
}

/** Names of packs that carry our mark. */
export function ownPacks(packDir: string): string[] {
  return filesIn(packDir)
    .filter((file) => /^pack-[0-9a-f]{40}\.keep$/.test(file))
    .filter((file) => readFileSync(join(packDir, file), 'utf8').trim() === keepReason)
    .map((file) => file.slice('pack-'.length, -'.keep'.length));
}

/** None where it cannot be read. */
export function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
