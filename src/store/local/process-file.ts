/** A file that names a process, and means nothing once that is gone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ProcessIdentity, processState } from './process.ts';
import { makeFolder, share } from './shared-modes.ts';

/** A disk that refuses it leaves no file: losing one must cost nothing but work that is done twice. */
export function writeProcessFile(file: string, process: ProcessIdentity): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, JSON.stringify(process));
    share(file);
  } catch {
    // See above.
  }
}

/** Undefined where there is none, it cannot be read, or its process is dead. */
export function readProcessFile(file: string) {
  try {
    const process = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
    const state = processState(process);
    return state === 'dead' ? undefined : { process, state };
  } catch {
    return undefined;
  }
}
