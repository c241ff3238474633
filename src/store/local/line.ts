/**
 * The line of those who wait for the write lock: a file each, named so that names sort by arrival. It gives order, and
 * nothing else: two that believe to be first both try the lock, and one of them gets it.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processState, selfProcess } from './process.ts';
import { makeFolder, share } from './shared-modes.ts';

/** Nobody waits as long: an older ticket is left over, also one whose process cannot be judged. */
const ticketMsMax = 120_000;
const lookForDeadMs = 50;
let count = 0;

export function joinLine(dir: string) {
  const line = join(dir, 'line');
  let ticket: string | undefined;
  let lastLookMs = performance.now();
  const tickets = () => {
    try {
      return readdirSync(line).sort();
    } catch {
      return [];
    }
  };
  return {
    isEmpty: () => tickets().length === 0,
    queue: () => {
      const { pid, startTime } = selfProcess();
      ticket = `${String(Date.now()).padStart(15, '0')}.${String(count++).padStart(6, '0')}.${pid}.${startTime ?? ''}`;
      makeFolder(line);
      writeFileSync(join(line, ticket), '');
      share(join(line, ticket));
    },
    /** How many came before; tickets of the dead at the front are taken away now and then. */
    ahead: (): number => {
      const all = tickets();
      const before = ticket === undefined ? -1 : all.indexOf(ticket);
      if (before > 0 && performance.now() - lastLookMs > lookForDeadMs) {
        lastLookMs = performance.now();
        for (const each of all.slice(0, before)) {
          if (!isLeftOver(each)) break;
          takeAway(join(line, each));
        }
      }
      return Math.max(0, before);
    },
    leave: () => {
      if (ticket !== undefined) takeAway(join(line, ticket));
    },
  };
}

/** A ticket that stays, on a disk that became read-only, is left over sometime. */
function takeAway(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Whoever can will.
  }
}

function isLeftOver(ticket: string): boolean {
  const [at = '', , pid = '', startTime = ''] = ticket.split('.');
  if (Date.now() - Number(at) > ticketMsMax) return true;
  return (
    processState({ ...selfProcess(), pid: Number(pid), startTime: startTime === '' ? null : startTime }) === 'dead'
  );
}
