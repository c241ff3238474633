/** Whether anything can be recorded here: folders that are ours to write, and space on their disk. Reads only. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../port.ts';
import type { Repository } from './locate.ts';

/** What a commit of ours takes with the bytes that it keeps in flight, many times over. */
const spareBytesMin = 1024 * 1024;
const spareFilesMin = 100;

/** Only the first: what is read-only mostly is so as a whole, and a full disk is all of it. */
export function writable({ commonDir, objectsDir }: Repository): Finding[] {
  const own = join(commonDir, 'intercom');
  if (existsSync(own) && !statSync(own).isDirectory()) {
    const what = `${own} is no folder, where git-intercom keeps its own files: nothing can be recorded here.`;
    return [{ level: 'error', what, next: 'Move it away: it is none of our files.' }];
  }
  for (const dir of [commonDir, join(commonDir, 'refs', 'heads'), objectsDir, own]) {
    try {
      if (existsSync(dir)) accessSync(dir, constants.W_OK);
    } catch (cause) {
      const what = `${dir} cannot be written (${(cause as NodeJS.ErrnoException).code}): nothing can be recorded here.`;
      return [{ level: 'warning', what, next: 'Check its owner and permissions. Reading commands work.' }];
    }
  }
  return [commonDir, objectsDir]
    .filter((dir) => existsSync(dir))
    .flatMap(space)
    .slice(0, 1);
}

/** A file system that does not count its files says zero of zero (statfs(2)). */
function space(dir: string): Finding[] {
  const { bavail, bsize, files, ffree } = statfsSync(dir);
  const isFull = bavail * bsize < spareBytesMin;
  if (!isFull && (files === 0 || ffree >= spareFilesMin)) return [];
  const left = isFull ? `${Math.floor((bavail * bsize) / 1024)} KiB` : `room for ${ffree} files`;
  const what = `The disk of ${dir} is full: it has ${left} left, and what is to be recorded may be refused.`;
  return [{ level: 'warning', what, next: 'Free some space. Nothing that was acknowledged is lost by it.' }];
}
