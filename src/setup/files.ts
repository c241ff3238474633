/** The files of a machine, and a rehearsal of them: the same set-up runs on both. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Files {
  /** Undefined where there is none. Throws what the file system throws, for a file that cannot be read. */
  read(file: string): Buffer | undefined;
  mode(file: string): number | undefined;
  /** Folders that a write would make, outermost first. */
  missingFolders(file: string): string[];
  /** A symlink stays, and what it points to is written. */
  write(file: string, bytes: Buffer, mode: number | undefined): void;
  /** Of a symlink, what it points to. */
  remove(file: string): void;
  hasFolder(folder: string): boolean;
  /** One that is not empty stays, unless all that is in it is to go. */
  removeFolder(folder: string, how: 'if-empty' | 'with-all'): void;
}

export const diskFiles: Files = {
  read(file) {
    try {
      return readFileSync(file);
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      throw thrown;
    }
  },
  mode(file) {
    try {
      return statSync(file).mode & 0o7777;
    } catch {
      return undefined;
    }
  },
  missingFolders(file) {
    const missing: string[] = [];
    for (let at = dirname(targetOf(file)); !existsSync(at); at = dirname(at)) missing.unshift(at);
    return missing;
  },
  write(file, bytes, mode) {
    const target = targetOf(file);
    mkdirSync(dirname(target), { recursive: true });
    writeWhole(target, bytes, mode);
  },
  remove: (file) => rmSync(targetOf(file), { force: true }),
  hasFolder: (folder) => existsSync(folder),
  removeFolder(folder, how) {
    try {
      if (how === 'with-all') rmSync(folder, { recursive: true, force: true });
      else if (readdirSync(folder).length === 0) rmdirSync(folder);
    } catch {
      // It is gone, or somebody's: either way there is nothing to take away.
    }
  },
};

/** Reads the disk and keeps what is written to itself; `touched` says what would be different. */
export class Rehearsal implements Files {
  readonly touched = new Map<string, Buffer | undefined>();

  read(file: string): Buffer | undefined {
    return this.touched.has(file) ? this.touched.get(file) : diskFiles.read(file);
  }
  mode(file: string): number | undefined {
    return diskFiles.mode(file);
  }
  missingFolders(file: string): string[] {
    return diskFiles.missingFolders(file);
  }
  write(file: string, bytes: Buffer): void {
    this.touched.set(file, bytes);
  }
  remove(file: string): void {
    this.touched.set(file, undefined);
  }
  hasFolder(folder: string): boolean {
    return diskFiles.hasFolder(folder);
  }
  removeFolder(): void {}
}

/** A reader sees the old bytes or the new ones, never a part; mode and owner stay those of the file. */
function writeWhole(target: string, bytes: Buffer, mode: number | undefined): void {
  const temporary = `${target}.${randomBytes(4).toString('hex')}~`;
  const before = existsSync(target) ? statSync(target) : undefined;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
    closeSync(file);
    chmodSync(temporary, mode ?? (before ? before.mode & 0o7777 : 0o666 & ~process.umask()));
    if (before !== undefined) keepOwner(temporary, before);
    renameSync(temporary, target);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
}

function keepOwner(file: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only root can give files away, and whoever is not root owns what can be written.
  }
}

/** What a chain of symlinks ends at, also where nothing is there yet. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (thrown) {
    if (!isAbsent(thrown)) throw thrown;
  }
  const folder = dirname(file);
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? targetOf(resolve(folder, readlinkSync(file))) : file;
}

function isAbsent(thrown: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
}
