/**
 * The process above ours that is the harness: whoever started a server or a command, past the shells, package runners and
 * `git` (of `git intercom`, and of a hook) in between, as their command lines tell.
 */
import { type LookAt, lookingAtProcesses } from './running.ts';

const launchers = /^(?:sh|bash|dash|zsh|env|git|npm|npx|pnpm|yarn|bunx)$/;
/** npm writes what it does over its command line: `npm exec git-intercom mcp`. */
const npmTitle = /^npm /;
const launcherScripts = /\/(?:npm-cli|npx-cli|pnpm|yarn)\.c?js$/;
const stepsMax = 8;

/** Undefined where the parent is gone already. */
export function harnessPid(): number | undefined {
  return harnessAbove(process.ppid, lookingAtProcesses());
}

/** `pid` itself, or the first above it that is no launcher. */
export function harnessAbove(pid: number, lookAt: LookAt): number | undefined {
  let at = pid;
  for (let step = 0; step < stepsMax; step++) {
    const running = lookAt(at);
    if (running === undefined || !isLauncher(running.words) || running.parent <= 1) break;
    at = running.parent;
  }
  return at > 1 ? at : undefined;
}

function isLauncher([first, second]: readonly [string, string]): boolean {
  const program = first.split('/').pop() ?? '';
  return launchers.test(program) || npmTitle.test(first) || launcherScripts.test(second);
}
