/**
 * The process above ours that is the harness: whoever started a server or a command, past the shells, package runners and
 * `git` (of `git intercom`, and of a hook) in between. On Linux their command lines tell (proc(5)); elsewhere the parent is all that is known.
 */
import { readFileSync } from 'node:fs';

const launchers = /^(?:sh|bash|dash|zsh|env|git|npm|npx|pnpm|yarn|bunx)$/;
/** npm writes what it does over its command line: `npm exec git-intercom mcp`. */
const npmTitle = /^npm /;
const launcherScripts = /\/(?:npm-cli|npx-cli|pnpm|yarn)\.c?js$/;
const stepsMax = 8;

/** Undefined where the parent is gone already. */
export function harnessPid(): number | undefined {
  let pid = process.ppid;
  for (let step = 0; step < stepsMax && isLauncher(pid); step++) {
    const parent = parentOf(pid);
    if (parent === undefined || parent <= 1) break;
    pid = parent;
  }
  return pid > 1 ? pid : undefined;
}

function isLauncher(pid: number): boolean {
  const [first = '', second = ''] = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  const program = first.split('/').pop() ?? '';
  return launchers.test(program) || npmTitle.test(first) || launcherScripts.test(second);
}

/** proc(5): the fourth field of stat; the second is a name that may hold anything. */
function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
