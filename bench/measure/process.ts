/** What Linux tells of a process (proc(5)). */
import { readFileSync } from 'node:fs';

export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** The kernel's unit of time for user space, 100 a second on every Linux. */
const tickMs = 10;

/** Its own and the kernel's for it. The name of the program, which may have anything in it, ends with a bracket. */
export function processorMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [userTicks, systemTicks] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(userTicks) + Number(systemTicks)) * tickMs;
}
