/**
 * Claims whose claimant still waits for the answer: it is told directly whether they were granted, so that whoever
 * exchanges with the remote need not write it a letter. A file each, which means nothing once its process is gone.
 *
 * Who withdraws a claim silently says so by renaming the file, and who gives up waiting removes it. One of the two comes
 * first, so that a claimant cannot be told `provisional` while its claim goes without a word.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessIdentity, processState, selfProcess } from '../local/process.ts';

export class Awaited {
  readonly #dir: string;

  constructor(intercomDir: string) {
    this.#dir = join(intercomDir, 'awaited');
  }

  /** Before the claim is recorded. Answers how to end it. A disk that refuses it costs a letter too many, nothing else. */
  begin(claimId: string): () => void {
    const file = join(this.#dir, claimId);
    try {
      mkdirSync(this.#dir, { recursive: true });
      writeFileSync(file, JSON.stringify(selfProcess()));
    } catch {
      // See above.
    }
    return () => this.end(claimId);
  }

  end(claimId: string): void {
    const file = join(this.#dir, claimId);
    rmSync(file, { force: true });
    rmSync(silentOf(file), { force: true });
  }

  /**
   * The claimant waits no more: from here on it gets letters. `silent`: an exchange has begun to withdraw the claim
   * without one, and how that ends is known when the exchange is over.
   */
  giveUp(claimId: string): 'given up' | 'silent' {
    const file = join(this.#dir, claimId);
    try {
      unlinkSync(file);
    } catch {
      // It was renamed, or there never was one, and so no silence either.
    }
    return existsSync(silentOf(file)) ? 'silent' : 'given up';
  }

  /** Whether the claim may be withdrawn without a letter. Only for who is about to do so. */
  mayBeSilent(claimId: string): boolean {
    const file = join(this.#dir, claimId);
    try {
      const claimant = isAlive(file) ?? isAlive(silentOf(file));
      if (claimant !== true) return false;
      if (existsSync(file)) renameSync(file, silentOf(file));
      return true;
    } catch {
      return false;
    }
  }
}

function silentOf(file: string): string {
  return `${file}.silent`;
}

/** Undefined where there is no such file. */
function isAlive(file: string): boolean | undefined {
  try {
    return processState(JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity) !== 'dead';
  } catch {
    return undefined;
  }
}
