/**
 * The keys of agents, a file for each in the user's data folder: 0600 in a folder of 0700, in the form of age-keygen(1), so that
 * `age -d -i` takes it. The newest key stands first. A file or folder that others may read is closed to them when it
 * is next used.
 */
import { chmod, constants, copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IntercomError } from '../domain/failure.ts';
import type { Keys, Pair } from './port.ts';

const keyLine = /^AGE-SECRET-KEY-1[0-9A-Z]+$/gm;

/** `folder` is made with the first key. Where there is none, age is not loaded. */
export function keyFilesIn(folder: string, age: () => Promise<typeof import('./age.ts')>): Keys {
  const fileOf = (uid: string) => keyFile(folder, uid);
  const of = async (uid: string): Promise<readonly Pair[]> => {
    const identities = [...(await read(fileOf(uid))).matchAll(keyLine)].map(([identity]) => identity);
    if (identities.length === 0) return [];
    const { pairOf } = await age();
    return Promise.all(identities.map(pairOf));
  };
  return {
    of,
    fileOf,
    make: async (uid, anew) => {
      const [known] = await of(uid);
      if (known !== undefined && anew === undefined) return known;
      const pair = await (await age()).makePair();
      try {
        const isMade = await write(fileOf(uid), pair, known !== undefined);
        // Somebody was first; theirs counts.
        return isMade ? pair : ((await of(uid))[0] ?? pair);
      } catch (cause) {
        throw new IntercomError({
          code: 'io-failed',
          message: `The key of this agent cannot be kept in ${folder}: ${(cause as Error).message}.`,
          next: 'Make that folder writable for yourself, or set XDG_DATA_HOME.',
          cause,
        });
      }
    },
  };
}

/** A uid is letters and digits; what else a hand wrote into a record must not name another place. */
function keyFile(folder: string, uid: string): string {
  return join(folder, `${uid.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.|^$/, '_')}.txt`);
}

async function read(file: string): Promise<string> {
  try {
    await closeToOthers(dirname(file), 0o700);
    await closeToOthers(file, 0o600);
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new IntercomError({
      code: 'io-failed',
      message: `The key file ${file} cannot be read: ${(cause as Error).message}.`,
      next: 'Make it readable for yourself alone.',
      cause,
    });
  }
}

async function closeToOthers(path: string, mode: number): Promise<void> {
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, mode);
}

/** Two of one process must not write into one file. */
let written = 0;

/** Where there are no hard links it is copied, and for a moment may be seen in part. */
async function placeNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw cause;
    await copyFile(temporary, file, constants.COPYFILE_EXCL);
  }
}

/** False where another process made one first. A new one for an old takes its place whole. */
async function write(file: string, { identity, recipient }: Pair, replaces: boolean): Promise<boolean> {
  const temporary = `${file}~${process.pid}-${++written}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await closeToOthers(dirname(file), 0o700);
  const older = replaces ? await read(file) : '';
  try {
    await writeFile(temporary, `# public key: ${recipient}\n${identity}\n${older}`, { mode: 0o600 });
    if (replaces) await rename(temporary, file);
    else await placeNew(temporary, file);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    await rm(temporary, { force: true });
  }
}
