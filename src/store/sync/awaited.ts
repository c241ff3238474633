/**
 * Claims whose claimant still waits for the answer: it is told directly whether they were granted, so that whoever
 * exchanges with the remote need not write it a letter. A file each, which means nothing once its process is gone.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { selfProcess } from '../local/process.ts';
import { readProcessFile, writeProcessFile } from '../local/process-file.ts';

export class Awaited {
  readonly #dir: string;

  constructor(intercomDir: string) {
    this.#dir = join(intercomDir, 'awaited');
  }

  /** Before the claim is recorded. Answers how to end it. A disk that refuses it costs a letter too many, nothing else. */
  begin(claimId: string): () => void {
    writeProcessFile(join(this.#dir, claimId), selfProcess());
    return () => this.end(claimId);
  }

  end(claimId: string): void {
    rmSync(join(this.#dir, claimId), { force: true });
  }

  has(claimId: string): boolean {
    return readProcessFile(join(this.#dir, claimId)) !== undefined;
  }
}
