/**
 * Where in a folder a name goes. A folder keeps its first 128 entries to itself, so that a person sees them on a forge;
 * what comes then goes into `_xx` folders by a hash of the name, and there the same rule holds again. Nothing ever moves.
 *
 * Hashed, because ids that are ordered by time share their beginning. 128 entries and 256 folders stay far below the
 * 3,000 that forges advise, up to many millions of records.
 */
import { createHash } from 'node:crypto';

export const ownEntriesMax = 128;
/** Says what the branch is; written by its first commit, and no record. */
export const formatFile = 'format.yaml';
/** Long texts of attachments. No folder of records: walking over all records passes it by. */
export const attachedFolder = 'attached';
const shardName = /^_[0-9a-f]{2}$/;

export function attachedPath(message: string, nth: number): string {
  return `${attachedFolder}/${message}-${nth}`;
}

/** Of a logical path. */
export function isAttached(path: string): boolean {
  return path.startsWith(`${attachedFolder}/`);
}

export function isShard(name: string): boolean {
  return shardName.test(name);
}

/** `depth` counts the shard folders above: each level takes the next byte of the hash. */
export function shardOf(name: string, depth: number): string {
  const digest = createHash('sha1').update(name).digest('hex');
  return `_${digest.slice((depth * 2) % 40, ((depth * 2) % 40) + 2)}`;
}

/**
 * `claims/<id>` of `claims/_3f/<id>.yaml`; undefined for a file that is no record, and for one in a folder where its
 * name does not belong: nobody would look for it there.
 */
export function logicalPath(physical: string): string | undefined {
  if (!physical.endsWith('.yaml') || physical === formatFile) return undefined;
  const path: string[] = [];
  let shards: string[] = [];
  for (const part of physical.slice(0, -'.yaml'.length).split('/')) {
    if (isShard(part)) shards.push(part);
    else if (shards.some((shard, depth) => shardOf(part, depth) !== shard)) return undefined;
    else {
      path.push(part);
      shards = [];
    }
  }
  return shards.length > 0 ? undefined : path.join('/');
}
