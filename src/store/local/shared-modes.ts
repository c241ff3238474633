/**
 * `core.sharedRepository`: what is made below a git directory is for others, too. git widens the mode of each file and
 * folder after it made it (path.c, adjust_shared_perm; config parsing in setup.c, git_config_perm), and so do we.
 */
import { appendFileSync, chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';

/** Bits that are added, or, where the configuration names a mode like 0640, the bits that a file has. */
export interface Sharing {
  readonly bits: number;
  readonly isExact: boolean;
}

const group = { bits: 0o660, isExact: false };
const everybody = { bits: 0o664, isExact: false };

/** Undefined for `umask` and what git refuses: then files have the modes that the process gives them. */
export function sharingOf(value: string | undefined): Sharing | undefined {
  if (value === undefined) return undefined;
  if (value === 'group') return group;
  if (value === 'all' || value === 'world' || value === 'everybody') return everybody;
  // Of old: what `git init --shared` wrote.
  if (/^0*1$/.test(value)) return group;
  if (/^0*2$/.test(value)) return everybody;
  if (/^0*[0-7]+$/.test(value)) {
    const mode = Number.parseInt(value, 8);
    return (mode & 0o600) === 0o600 ? { bits: mode & 0o666, isExact: true } : undefined;
  }
  return /^(?:true|yes|on)$/i.test(value) ? group : undefined;
}

/** calc_shared_perm: a file that its owner cannot write or run is nobody's to write or run. Permission bits only. */
export function sharedMode(mode: number, { bits, isExact }: Sharing, isFolder: boolean): number {
  let wanted = bits;
  if ((mode & 0o200) === 0) wanted &= ~0o222;
  if ((mode & 0o100) !== 0) wanted |= (wanted & 0o444) >> 2;
  const widened = isExact ? (mode & ~0o777) | wanted : mode | wanted;
  if (!isFolder) return widened;
  const withRun = widened | ((widened & 0o444) >> 2);
  // What is made in it belongs to the group of the folder, where the group may use it at all.
  return (withRun & 0o060) === 0 ? withRun : withRun | 0o2000;
}

const sharedFolders = new Map<string, Sharing>();
/** Of git directories, all that were found. */
const foundFolders = new Set<string>();

/**
 * From now on what is made below these folders has the modes of the configuration; `makeFolder` and `share` say when. They
 * are there: `makeFolder` does not make them anew.
 */
export function honourSharing(folders: readonly string[], value: string | undefined): void {
  const sharing = sharingOf(value);
  for (const folder of folders) {
    foundFolders.add(folder);
    if (sharing === undefined) sharedFolders.delete(folder);
    else sharedFolders.set(folder, sharing);
  }
}

/**
 * The folder and those above it that are missing; within a git directory that was deleted meanwhile, none (ENOENT): what goes
 * on in the background would bring back a folder that somebody has just removed.
 */
export function makeFolder(folder: string): void {
  if (!existsSync(dirname(folder)) && isWithinDeleted(folder)) {
    throw Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${folder}'`), { code: 'ENOENT' });
  }
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined || sharedFolders.size === 0) return;
  for (let each = folder; ; each = dirname(each)) {
    share(each);
    if (each === first || !isBelow(each, first)) return;
  }
}

/** For a file or folder that was just made, before others can find it by its last name. It is not opened again. */
export function share(path: string): void {
  const sharing = sharedFolders.size === 0 ? undefined : sharingFor(path);
  if (sharing === undefined) return;
  const stat = statSync(path);
  const mode = stat.mode & 0o7777;
  const wanted = sharedMode(mode, sharing, stat.isDirectory());
  if (wanted === mode) return;
  try {
    chmodSync(path, wanted);
  } catch (cause) {
    // Another's, made in the same moment: it is his to share.
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') throw cause;
  }
}

/** Opens a file for appending, and shares it where it is new. */
export function openShared(file: string, flags: 'a' | 'a+'): number {
  const isNew = sharedFolders.size > 0 && !existsSync(file);
  const fd = openSync(file, flags);
  if (isNew) share(file);
  return fd;
}

export function appendShared(file: string, text: string): void {
  const fd = openShared(file, 'a');
  try {
    appendFileSync(fd, text);
  } finally {
    closeSync(fd);
  }
}

function isWithinDeleted(path: string): boolean {
  return [...foundFolders].some((folder) => isBelow(path, folder) && !existsSync(folder));
}

function sharingFor(path: string): Sharing | undefined {
  for (const [folder, sharing] of sharedFolders) if (isBelow(path, folder)) return sharing;
  return undefined;
}

function isBelow(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`);
}
