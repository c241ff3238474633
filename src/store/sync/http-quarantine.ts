/**
 * A repository as isomorphic-git sees it during a fetch or a push: the real one to read, and nothing of it to write.
 *
 * What it writes stays in memory. Its refs and its FETCH_HEAD are forgotten; a pack, and the list of where the history
 * is cut, are released into the repository when all of it came (git has `tmp-objdir.c` for this).
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, promises, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PromiseFsClient } from 'isomorphic-git';
import { IntercomError } from '../../domain/failure.ts';
import { fetchedRef } from '../git/synced-refs.ts';
import { syncFolder, writeWhole } from '../local/durable.ts';
import { makeFolder, share } from '../local/shared-modes.ts';

export class Quarantine {
  /** The name of the one remote that its configuration knows. */
  readonly remote = 'authority';
  readonly fs: PromiseFsClient;
  readonly #written = new Map<string, Buffer>();
  readonly #gitdir: string;

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
    // Of the real configuration nothing is wanted: refspecs, a proxy of the library's own, rewritten URLs.
    const config = `[remote "${this.remote}"]\n\tfetch = +refs/heads/*:${fetchedRef}/*\n`;
    this.#written.set(join(gitdir, 'config'), Buffer.from(config));
    this.fs = { promises: readingThrough(this.#written) };
  }

  /**
   * The pack first, then its index, by which readers find it: after a crash in between `git gc` removes the pack.
   * Throws, and releases nothing, where the pack is not what the remote sent.
   */
  release(): void {
    const files = [...this.#written].filter(([path]) => dirname(path).endsWith('/objects/pack'));
    const packs = files.filter(([path]) => path.endsWith('.pack'));
    for (const [, bytes] of packs) requireWhole(bytes);
    for (const [path, bytes] of packs) put(path, bytes);
    for (const [path, bytes] of files) if (path.endsWith('.idx')) put(path, bytes);
    const shallow = join(this.#gitdir, 'shallow');
    const cuts = this.#written.get(shallow);
    if (cuts === undefined) return;
    if (cuts.length > 0) put(shallow, cuts);
    else rmSync(shallow, { force: true });
  }
}

/** The last 20 bytes are the hash of all before them (gitformat-pack(5)); isomorphic-git does not look. */
function requireWhole(pack: Buffer): void {
  const hash = createHash('sha1').update(pack.subarray(0, -20)).digest();
  if (hash.equals(pack.subarray(-20))) return;
  throw new IntercomError({
    code: 'damaged',
    message: 'The pack that the remote sent is cut off or damaged.',
    next: 'Run git intercom sync to fetch it again.',
  });
}

function put(path: string, bytes: Buffer): void {
  const temporary = join(dirname(path), `tmp_${process.pid}_${basename(path)}`);
  makeFolder(dirname(path));
  const fd = openSync(temporary, 'w', path.endsWith('shallow') ? 0o644 : 0o444);
  try {
    writeWhole(fd, bytes);
    share(temporary);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** The calls that isomorphic-git makes of a file system. An empty file stands for one that it removed. */
function readingThrough(written: Map<string, Buffer>) {
  const done = async () => {};
  return {
    readFile: async (path: string, options?: { encoding?: BufferEncoding } | BufferEncoding) => {
      const own = written.get(path);
      if (own === undefined) return promises.readFile(path, options);
      const encoding = typeof options === 'string' ? options : options?.encoding;
      return encoding === undefined ? own : own.toString(encoding);
    },
    writeFile: async (path: string, content: string | Uint8Array) => {
      written.set(path, Buffer.from(content as Uint8Array));
    },
    unlink: async (path: string) => {
      if (basename(path) === 'shallow') written.set(path, Buffer.alloc(0));
      else written.delete(path);
    },
    readdir: promises.readdir,
    stat: promises.stat,
    lstat: promises.lstat,
    readlink: promises.readlink,
    mkdir: done,
    rmdir: done,
    symlink: done,
  };
}
