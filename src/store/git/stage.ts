/**
 * The objects of one commit, from their content to the disk.
 *
 * isomorphic-git's plumbing puts them into place; the file system that it is given only gathers, so that all files of a
 * commit are synced together. Object ids and deflate come from node, which is six times quicker at both.
 */
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import isomorphicGit from 'isomorphic-git';
import { type Oid, parseOid } from '../../domain/oid.ts';
import { synced, writeWhole } from '../local/durable.ts';
import { failureOf } from '../local/failure-of.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import type { Inflight } from './inflight.ts';
import type { DeflatedObject } from './inflight-file.ts';
import { writeKeptPack } from './kept-packs.ts';
import type { Repository } from './locate.ts';
import { type GitObject, looseLevel, loosePath } from './loose.ts';

export class Stage {
  readonly #objects = new Map<Oid, GitObject>();
  #isKept = false;

  constructor(
    private readonly repository: Repository,
    private readonly inflight: Inflight,
  ) {}

  async add(type: GitObject['type'], content: Uint8Array): Promise<Oid> {
    const oid = parseOid(createHash('sha1').update(headerOf(type, content)).update(content).digest('hex'));
    if (!this.#objects.has(oid)) this.#objects.set(oid, { type, content: Buffer.from(content) });
    return oid;
  }

  find(oid: Oid): GitObject | undefined {
    return this.#objects.get(oid);
  }

  get isLong(): boolean {
    return this.#objects.size >= packedMin;
  }

  /** It was written as a pack, which no cleaner takes away. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /**
   * Resolves when every object is on the disk under its name, and the bytes of all are in flight. Before that, a crash
   * leaves temporary files that `git gc` knows and removes.
   */
  async persist(): Promise<void> {
    if (this.#objects.size === 0) return;
    try {
      const objects = await this.#deflated();
      await Promise.all([this.inflight.keep(objects), writeDurably(this.repository.objectsDir, objects)]);
    } catch (cause) {
      throw failureOf(cause, 'write the objects of a commit', this.repository.objectsDir);
    }
  }

  /**
   * The same for many commits at once: one pack costs less than some dozens of files, and as it is kept no cleaner takes
   * it away, so nothing of it is in flight.
   */
  async persistMany(): Promise<void> {
    this.#isKept = this.isLong && (await writeKeptPack(this.repository, [...this.#objects.values()]));
    // Where git could not, this says what is wrong.
    if (!this.#isKept) await this.persist();
  }

  /** Writes again what a cleaner took away since `persist`. `isStored` is asked for what is not loose. */
  async restoreMissing(isStored: (oid: Oid) => Promise<boolean>): Promise<void> {
    if (this.#isKept) return;
    const { objectsDir } = this.repository;
    const lost = new Set<Oid>();
    for (const oid of this.#objects.keys()) {
      if (!fs.existsSync(loosePath(objectsDir, oid)) && !(await isStored(oid))) lost.add(oid);
    }
    if (lost.size === 0) return;
    await writeDurably(
      objectsDir,
      (await this.#deflated()).filter(({ oid }) => lost.has(oid)),
    );
  }

  async #deflated(): Promise<DeflatedObject[]> {
    const gathered: DeflatedObject[] = [];
    const gather = gatheringFs(gathered);
    const gitdir = this.repository.commonDir;
    for (const [oid, { type, content }] of this.#objects) {
      const object = deflateSync(Buffer.concat([headerOf(type, content), content]), { level: looseLevel });
      await isomorphicGit.writeObject({ fs: gather, gitdir, type, object, format: 'deflated', oid });
    }
    return gathered;
  }
}

/** Where a pack of them is written in less time than their files. */
const packedMin = 24;

function headerOf(type: GitObject['type'], content: Uint8Array): Buffer {
  return Buffer.from(`${type} ${content.length}\0`, 'latin1');
}

/** `git prune` takes temporary files and empty folders away, also those that we are about to use. */
const attemptsMax = 10;
/** From then on the files are written where no cleaner looks: one may run again and again, on a disk that syncs slowly. */
const besideCleaners = 3;

/** All or none become visible, but for a crash between two renames: then some are, unreachable, for `git gc`. */
export async function writeDurably(objectsDir: string, objects: readonly DeflatedObject[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeOnce(objectsDir, objects, attempt > besideCleaners ? apartFrom(objectsDir) : undefined);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === attemptsMax) throw cause;
    }
  }
}

/** On the file system of the objects, and gone with what is ours. What a crash leaves there nobody reads. */
function apartFrom(objectsDir: string): string | undefined {
  const dir = join(dirname(objectsDir), 'intercom');
  return fs.existsSync(dir) ? dir : undefined;
}

async function writeOnce(objectsDir: string, objects: readonly DeflatedObject[], apart?: string): Promise<void> {
  const written: ReturnType<typeof writeTemporary>[] = [];
  try {
    for (const { oid, deflated } of objects) written.push(writeTemporary(loosePath(objectsDir, oid), deflated, apart));
    await Promise.all(written.map(({ sync }) => sync()));
    for (const { publish } of written) publish();
  } catch (cause) {
    for (const { discard } of written) discard();
    throw cause;
  }
}

/** Not the pid: in containers all have the same one, and one that was killed leaves its files. */
const temporaryToken = randomBytes(6).toString('hex');
let temporaryCount = 0;

/** `tmp_obj_` is the name under which `git gc` expects and removes what a crash left. */
function writeTemporary(path: string, bytes: Uint8Array, apart = dirname(path)) {
  const temporary = `${apart}/tmp_obj_${temporaryToken}_${temporaryCount++}`;
  let fd = openNew(temporary);
  const close = () => {
    if (fd >= 0) fs.closeSync(fd);
    fd = -1;
  };
  return {
    sync: async () => {
      writeWhole(fd, bytes);
      share(temporary);
      await synced(fd);
      close();
    },
    publish: () => {
      if (apart !== dirname(path)) makeFolder(dirname(path));
      fs.renameSync(temporary, path);
    },
    discard: () => {
      close();
      fs.rmSync(temporary, { force: true });
    },
  };
}

function openNew(path: string): number {
  try {
    return fs.openSync(path, 'wx', 0o444);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    makeFolder(dirname(path));
    return fs.openSync(path, 'wx', 0o444);
  }
}

/** Made once: where it was thrown takes longer to find out than all the rest. */
const isAbsent = Object.assign(new Error('absent'), { code: 'ENOENT' });

/** The few calls that isomorphic-git makes to write an object; every file looks absent, so every object is written. */
function gatheringFs(gathered: DeflatedObject[]) {
  const absent = () => Promise.reject(isAbsent);
  const done = async () => {};
  return {
    promises: {
      readFile: absent,
      writeFile: async (path: string, bytes: Uint8Array) => {
        const [folder = '', name = ''] = path.split('/').slice(-2);
        gathered.push({ oid: parseOid(folder + name), deflated: Buffer.from(bytes) });
      },
      unlink: done,
      readdir: async () => [],
      mkdir: done,
      rmdir: done,
      stat: absent,
      lstat: absent,
      readlink: absent,
      symlink: done,
    },
  };
}
