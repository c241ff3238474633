/** Reading objects: what is not written yet, loose ones, then packs by the real git, then what is in flight. */

import * as fs from 'node:fs';
import isomorphicGit from 'isomorphic-git';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { failureOf } from '../local/failure-of.ts';
import { objectEnvironment } from './alternates.ts';
import { CatFile } from './cat-file.ts';
import type { DeflatedObject, Inflight } from './inflight.ts';
import type { Repository } from './locate.ts';
import { type GitObject, inflateObject, loosePath, readLoose } from './loose.ts';
import { isGitInstalled } from './run.ts';
import { writeDurably } from './stage.ts';

/** Objects that are not on the disk yet. */
export interface Unwritten {
  find(oid: Oid): GitObject | undefined;
}

export class ObjectReader {
  readonly #catFile: CatFile;
  #isWithoutGit = false;
  readonly #unwritten = new Set<Unwritten>();

  constructor(
    private readonly repository: Repository,
    private readonly inflight: Inflight,
  ) {
    this.#catFile = new CatFile(repository.commonDir, objectEnvironment(repository));
  }

  /** Finds these, too, until the answer is called. */
  include(unwritten: Unwritten): () => void {
    this.#unwritten.add(unwritten);
    return () => void this.#unwritten.delete(unwritten);
  }

  /** Rejects with `damaged` where the object is missing, or is not of the type that its place wants. */
  async read(oid: Oid, type?: GitObject['type']): Promise<GitObject> {
    const found = await this.find(oid);
    if (found !== undefined && type !== undefined && found.type !== type) {
      throw new IntercomError({
        code: 'damaged',
        message: `The object ${oid} of the coordination branch is a ${found.type}, and a ${type} belongs there.`,
        next: 'Run git intercom doctor --fix to restore the last tip that is known and whole.',
        data: { oid },
      });
    }
    if (found !== undefined) return found;
    throw new IntercomError({
      code: 'damaged',
      message: `The repository lacks the object ${oid} of the coordination branch.`,
      next: 'Where another clone has it, fetch the branch from there; else git intercom doctor --fix goes back to the last tip that is whole. git fsck shows what else is missing.',
      data: { oid },
    });
  }

  /** Undefined for what is missing or torn. */
  async find(oid: Oid): Promise<GitObject | undefined> {
    if (!isOid(oid)) return undefined; // A tree or commit that somebody made by hand may name anything.
    for (const unwritten of this.#unwritten) {
      const found = unwritten.find(oid);
      if (found !== undefined) return found;
    }
    return this.#loose(oid) ?? (await this.#packed(oid)) ?? this.#loose(oid) ?? (await this.#restored(oid));
  }

  /** In the object store itself, and not only in flight. */
  async isStored(oid: Oid): Promise<boolean> {
    return (this.#loose(oid) ?? (await this.#packed(oid))) !== undefined;
  }

  /** Writes those that the object store lacks, or has torn. Answers how many. */
  async secure(objects: readonly DeflatedObject[]): Promise<number> {
    const byOid = new Map(objects.map((object) => [object.oid, object]));
    const lost = await Promise.all(
      [...byOid.values()].map(async (object) => ((await this.isStored(object.oid)) ? [] : [object])),
    );
    const { objectsDir } = this.repository;
    try {
      await writeDurably(objectsDir, lost.flat());
    } catch (cause) {
      throw failureOf(cause, 'write objects', objectsDir);
    }
    return lost.flat().length;
  }

  close(): void {
    this.#catFile.close();
  }

  #loose(oid: Oid): GitObject | undefined {
    const own = readLoose(this.repository.objectsDir, oid);
    if (own !== undefined) return own;
    for (const objectsDir of this.repository.alternates) {
      const found = readLoose(objectsDir, oid);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #packed(oid: Oid): Promise<GitObject | undefined> {
    if (this.#isWithoutGit) return this.#packedWithoutGit(oid);
    try {
      return await this.#catFile.read(oid);
    } catch (cause) {
      // git dies of a torn object, and with it whatever else was asked at that moment.
      if (this.#isTorn(oid)) return undefined;
      if (!(cause instanceof IntercomError)) throw cause;
      // Not before it failed: to ask costs a process.
      this.#isWithoutGit = !(await isGitInstalled());
      return this.#isWithoutGit ? this.#packedWithoutGit(oid) : this.#catFile.read(oid);
    }
  }

  async #packedWithoutGit(oid: Oid): Promise<GitObject | undefined> {
    try {
      const gitdir = this.repository.commonDir;
      const read = await isomorphicGit.readObject({ fs, gitdir, oid, format: 'content' });
      return { type: read.type as GitObject['type'], content: Buffer.from(read.object as Uint8Array) };
    } catch (cause) {
      if ((cause as { code?: string }).code === 'NotFoundError' || this.#isTorn(oid)) return undefined;
      throw cause;
    }
  }

  /** Asked where the loose object could not be read. */
  #isTorn(oid: Oid): boolean {
    const { objectsDir, alternates } = this.repository;
    return [objectsDir, ...alternates].some((dir) => fs.existsSync(loosePath(dir, oid)));
  }

  /**
   * From the bytes in flight: a cleaner or a crash took the object. What took this one may have taken others, so all of
   * them are looked at and written again where the repository can be written.
   */
  async #restored(oid: Oid): Promise<GitObject | undefined> {
    const deflated = this.inflight.find(oid);
    if (deflated === undefined) return undefined;
    await this.secure(this.inflight.objects()).catch(() => {});
    return inflateObject(deflated);
  }
}
