/** Whether the policy file is still the one that was read: light enough to be asked before each edit. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { policyFileName } from './policy-file-name.ts';

/** Its time and size; a file that is written again within a tick of the disk's clock, as long as before, is missed. */
export function policyMark(workTree: string | null): string {
  if (workTree === null) return 'none';
  const stat = statSync(join(workTree, policyFileName), { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.mtimeMs} ${stat.size}`;
}
