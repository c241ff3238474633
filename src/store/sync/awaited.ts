/**
 * Claims whose claimant still waits for the answer: it is told directly whether they were granted, so that whoever
 * exchanges with the remote need not write it a letter. A file each, which means nothing once its process is gone.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessIdentity, processState, selfProcess } from '../local/process.ts';

export class Awaited {
  readonly #dir: string;

  constructor(intercomDir: string) {
    this.#dir = join(intercomDir, 'awaited');
  }

  /** Before the claim is recorded. Answers how to end it. A disk that refuses it costs a letter too many, nothing else. */
  begin(claimId: string): () => void {
    try {
      mkdirSync(this.#dir, { recursive: true });
      writeFileSync(join(this.#dir, claimId), JSON.stringify(selfProcess()));
    } catch {
      // See above.
    }
    return () => this.end(claimId);
  }

  end(claimId: string): void {
    rmSync(join(this.#dir, claimId), { force: true });
  }

  has(claimId: string): boolean {
    try {
      const process = JSON.parse(readFileSync(join(this.#dir, claimId), 'utf8')) as ProcessIdentity;
      return processState(process) !== 'dead';
    } catch {
      return false;
    }
  }
}
