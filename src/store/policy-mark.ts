/** Whether the policy file is still the one that was read: light enough to be asked before each edit. */
import { statSync } from 'node:fs';
import { type PolicyPlace, policyFileOf } from './policy-place.ts';

/** Its time and size; a file that is written again within a tick of the disk's clock, as long as before, is missed. */
export function policyMark(place: PolicyPlace): string {
  const file = policyFileOf(place);
  try {
    const stat = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? 'none' : `${stat.mtimeMs} ${stat.size}`;
  } catch (cause) {
    // What stands in its way may go; who reads the policy says whether that matters.
    return String((cause as NodeJS.ErrnoException).code);
  }
}
