/** Whether two records of a process mean the same: a pid alone is given again. */
import type { ProcessEvidence } from '../record/record.ts';

export function isSameProcess(one: ProcessEvidence, other: ProcessEvidence): boolean {
  return (
    one.pid === other.pid && one.startTime === other.startTime && one.bootId === other.bootId && one.host === other.host
  );
}
