/** Which process runs what, and who started it: by proc(5) on Linux, elsewhere by ps(1). */
import { readFileSync } from 'node:fs';

export interface Running {
  readonly parent: number;
  /** The program as it was called, and the word behind it. */
  readonly words: readonly [first: string, second: string];
}

export type LookAt = (pid: number) => Running | undefined;

/** All that runs is asked for at once, and only where one is looked at that proc(5) does not show. */
export function lookingAtProcesses(): LookAt {
  let listed: ReadonlyMap<number, Running> | undefined;
  return (pid) => {
    const shown = runningByProc(pid);
    if (shown !== undefined || process.platform === 'linux') return shown;
    listed ??= runningIn(listOfPs());
    return listed.get(pid);
  };
}

function runningByProc(pid: number): Running | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const [first = '', second = ''] = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  // proc(5): the fourth field; the second is a name that may hold anything.
  return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), words: [first, second] };
}

/** Each column by an option of its own: BSD's ps takes what follows an `=` for a heading. */
export const psOptions = ['-A', '-ww', '-o', 'pid=', '-o', 'ppid=', '-o', 'args='];

/** Lines of `ps`; nothing tells where the first word ends but a blank. */
export function runningIn(listed: string): ReadonlyMap<number, Running> {
  const lines = [...listed.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)];
  return new Map(
    lines.map(([, pid, parent, args = '']) => {
      const [first = '', second = ''] = args.trim().split(' ');
      // npm writes what it does over its command line, as one text.
      return [Number(pid), { parent: Number(parent), words: [first === 'npm' ? args.trim() : first, second] }];
    }),
  );
}

function listOfPs(): string {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout } = spawnSync('ps', psOptions, { encoding: 'utf8', timeout: 1_000, maxBuffer: 64 * 1024 * 1024 });
  return stdout ?? '';
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
