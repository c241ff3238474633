/** The command as a process of its own, if wanted with `steps.cjs` loaded before it. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withCompiled } from '../compiled.ts';
import { removeFolder } from '../remove-folder.ts';

const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));
/** Set-up notes repositories in the user's data folder: the tests have one of their own. */
export const dataHome = mkdtempSync(join(tmpdir(), 'intercom-data-'));
const cacheHome = withCompiled(join(dataHome, 'cache'));
process.once('exit', () => removeFolder(dataHome));
const stepsFile = fileURLToPath(new URL('steps.cjs', import.meta.url));

export interface Steps {
  readonly how: 'kill' | 'tear' | 'pause' | 'ENOSPC' | 'EROFS' | 'EACCES';
  /** Which of the steps that match `only`, or of all. */
  readonly at: number;
  readonly only?: string;
  /** For how many steps the disk refuses; for good unless given. */
  readonly lasting?: number;
  readonly gate?: string;
  /** Whether the file system has hard links; it has unless given. */
  readonly links?: 'none';
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

interface Settings {
  readonly agent?: string;
  readonly steps?: Steps;
  readonly env?: NodeJS.ProcessEnv;
  readonly onStart?: (child: ChildProcess) => void;
}

export function command(dir: string, words: readonly string[], settings: Settings = {}): Promise<Ended> {
  const { agent, steps, env, onStart } = settings;
  const { before, env: stepsEnv } = stepsOptions(join(dir, '.git'), steps);
  const args = [...before, bin, ...words, ...(agent === undefined ? [] : ['--agent', agent])];
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const options = {
      cwd: dir,
      env: { ...process.env, XDG_DATA_HOME: dataHome, XDG_CACHE_HOME: cacheHome, ...stepsEnv, ...env },
      maxBuffer: 2 ** 26,
    };
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      const { exitCode, signalCode } = child;
      resolve({ exitCode, signal: signalCode, stdout, stderr, ms: performance.now() - startedMs });
    });
    onStart?.(child);
  });
}

/** What node needs to count the steps below `dir`. */
export function stepsOptions(dir: string, steps: Steps | undefined): { before: string[]; env: NodeJS.ProcessEnv } {
  if (steps === undefined) return { before: [], env: {} };
  const { how, at, only, lasting, gate, links } = steps;
  const env = {
    STEPS_DIR: dir,
    STEPS_HOW: how,
    STEPS_AT: String(at),
    STEPS_ONLY: only,
    STEPS_FOR: lasting === undefined ? undefined : String(lasting),
    STEPS_GATE: gate,
    STEPS_LINKS: links,
  };
  return { before: ['--require', stepsFile], env };
}

/** Runs `act` for 1, 2, 3 … until it answers `end`, several at a time. */
export async function untilEnd(act: (n: number) => Promise<'on' | 'end'>, atOnce = 3): Promise<number> {
  let next = 1;
  let last = Number.POSITIVE_INFINITY;
  const work = async () => {
    while (next < last) {
      const n = next++;
      if ((await act(n)) === 'end') last = Math.min(last, n);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return last;
}
