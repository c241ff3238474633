/** A person's uid: one for all clones of theirs, kept in the data folder of the user (XDG Base Directory). */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homeFolder } from './home.ts';

/**
 * Made on first use, unless nothing may change; undefined where there is none and none can be made: then the name's
 * record decides.
 */
export function personUid(env: NodeJS.ProcessEnv, mayMake = true): string | undefined {
  const file = join(env.XDG_DATA_HOME || join(homeFolder(env), '.local', 'share'), 'git-intercom', 'person');
  return read(file) ?? (mayMake ? create(file) : undefined);
}

function read(file: string): string | undefined {
  try {
    const uid = readFileSync(file, 'latin1').trim();
    return /^p[0-9a-f]{20}$/.test(uid) ? uid : undefined;
  } catch {
    return undefined;
  }
}

/** Two first uses at once agree on one: the link is made whole or not at all. */
function create(file: string): string | undefined {
  const temporary = `${file}~${process.pid}`;
  try {
    makeFolders(dirname(file));
    // Not imported: the quick answers read the file on every call, and loading node:crypto takes longer than they do.
    const { randomBytes } = process.getBuiltinModule('node:crypto');
    const line = `p${randomBytes(10).toString('hex')}\n`;
    writeFileSync(temporary, line, { mode: 0o600 });
    try {
      linkSync(temporary, file);
    } catch (cause) {
      // Somebody was first, whose counts; or there are no hard links, and whoever makes the file is first.
      const isFirst = (cause as NodeJS.ErrnoException).code !== 'EEXIST';
      if (isFirst) writeFileSync(file, line, { mode: 0o600, flag: 'wx' });
    }
    return read(file);
  } catch {
    return read(file);
  } finally {
    remove(temporary);
  }
}

/** One by one, for node's own way to make several tries without end where the first cannot be made: below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

/** Where there is no folder there is nothing to remove, and node says so even with `force`. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing was made.
  }
}
