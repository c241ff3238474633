/** A tree of processes, and its end. */
import { spawnSync } from 'node:child_process';

/** The process and all that it started, and so on, as long as their parents live. */
export function treeOf(root: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const parent of found) {
    for (const [pid = 0, ppid] of pairs) if (ppid === parent && !found.includes(pid)) found.push(pid);
  }
  return found;
}

/** Resolves when none of them is left. Those that do not go by themselves in that time are killed. */
export async function gone(pids: readonly number[], patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  while (pids.some(isThere)) {
    if (Date.now() > until) for (const pid of pids) send(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function isThere(pid: number): boolean {
  return send(pid, 0);
}

function send(pid: number, signal: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
