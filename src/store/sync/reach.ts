/**
 * When the remote was looked at last, and what came of it: kept in a file beside the branch, for all processes of this
 * clone. So twenty servers look no more often than one, and a claim without a network does not wait for each deadline.
 */
import { join } from 'node:path';
import { readMemo, writeMemo } from '../local/memo-file.ts';
import type { Unreached } from './transport.ts';

export interface Reach {
  /** By this machine's clock, in milliseconds. */
  readonly atMs: number;
  readonly unreached: Unreached | undefined;
  /** When something came from the remote last, or went there. */
  readonly movedMs: number;
  /** What became of the remote's branch last, apart from moving on. */
  readonly lost: { readonly what: 'deleted' | 'rewound'; readonly atMs: number } | undefined;
  /** The remote had no branch when it was looked at last. */
  readonly isEmpty: boolean;
}

const never: Reach = { atMs: 0, unreached: undefined, movedMs: 0, lost: undefined, isEmpty: false };

export class ReachMemo {
  readonly #file: string;

  constructor(intercomDir: string) {
    this.#file = join(intercomDir, 'sync', 'reach.json');
  }

  read(): Reach {
    return readMemo(this.#file, never);
  }

  write(reach: Reach): void {
    writeMemo(this.#file, reach);
  }
}
