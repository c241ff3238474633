/**
 * When the remote was looked at last, and what came of it: kept in a file beside the branch, for all processes of this
 * clone. So twenty servers look no more often than one, and a claim without a network does not wait for each deadline.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Unreached } from './transport.ts';

export interface Reach {
  /** By this machine's clock, in milliseconds. */
  readonly atMs: number;
  readonly unreached: Unreached | undefined;
  /** When something came from the remote last, or went there. */
  readonly movedMs: number;
  /** What became of the remote's branch last, apart from moving on. */
  readonly lost: { readonly what: 'deleted' | 'rewound'; readonly atMs: number } | undefined;
}

const never: Reach = { atMs: 0, unreached: undefined, movedMs: 0, lost: undefined };

export class ReachMemo {
  readonly #file: string;

  constructor(intercomDir: string) {
    this.#file = join(intercomDir, 'sync', 'reach.json');
  }

  read(): Reach {
    try {
      return { ...never, ...(JSON.parse(readFileSync(this.#file, 'utf8')) as Partial<Reach>) };
    } catch {
      return never;
    }
  }

  /** A disk that refuses it makes a look too many. */
  write(reach: Reach): void {
    const temporary = `${this.#file}~${process.pid}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(temporary, JSON.stringify(reach));
      renameSync(temporary, this.#file);
    } catch {
      // See above.
    }
  }
}
