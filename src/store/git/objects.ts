/** Reading objects: what is not written yet, loose ones, then packs by the real git, then what is in flight. */

import * as fs from 'node:fs';
import isomorphicGit from 'isomorphic-git';
import { IntercomError } from '../../domain/failure.ts';
import { isOid, type Oid } from '../../domain/oid.ts';
import { failureOf } from '../local/failure-of.ts';
import { objectEnvironment } from './alternates.ts';
import { askGit } from './ask-git.ts';
import { CatFile } from './cat-file.ts';
import type { Inflight, Kept } from './inflight.ts';
import type { KeptName } from './inflight-file.ts';
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

  /**
   * Writes those that the object store lacks, or has torn. Answers how many. Thousands may have been written in the ten
   * seconds of a busy repository: unless each is to be read, a file as long as it was made is as it was made, and of what is
   * packed git's index is believed.
   */
  async secure({ names, objects }: Kept, how: 'reading each' | 'in short' = 'in short'): Promise<number> {
    const doubtful = how === 'in short' ? await this.#notPacked(names.filter((one) => !this.#isAsMade(one))) : names;
    const lost = await Promise.all(
      [...new Set(doubtful.map(({ oid }) => oid))].map(async (oid) => ((await this.isStored(oid)) ? [] : [oid])),
    );
    if (lost.flat().length === 0) return 0;
    const written = [...new Map(objects(new Set(lost.flat())).map((one) => [one.oid, one])).values()];
    const { objectsDir } = this.repository;
    try {
      await writeDurably(objectsDir, written);
    } catch (cause) {
      throw failureOf(cause, 'write objects', objectsDir);
    }
    return written.length;
  }

  #isAsMade({ oid, bytes }: KeptName): boolean {
    return fs.statSync(loosePath(this.repository.objectsDir, oid), { throwIfNoEntry: false })?.size === bytes;
  }

  /** Where git says nothing all of them are to be looked at. */
  async #notPacked(names: readonly KeptName[]): Promise<readonly KeptName[]> {
    if (names.length === 0) return names;
    const input = names.map(({ oid }) => `${oid}\n`).join('');
    const said = await askGit(this.repository)(['cat-file', '--batch-check=%(objectname)'], {
      input,
      environment: objectEnvironment(this.repository),
    });
    if (said === undefined) return names;
    const missing = new Set(said.split('\n').flatMap((line) => (line.endsWith(' missing') ? [line.slice(0, 40)] : [])));
    return names.filter(({ oid }) => missing.has(oid) || this.#isTorn(oid));
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
    await this.secure(this.inflight.all()).catch(() => {});
    return inflateObject(deflated);
  }
}
