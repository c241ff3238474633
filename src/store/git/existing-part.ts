/** What of a path exists, without links; the rest as it is named, which may be a pattern. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export function existingPart(absolute: string): { readonly real: string; readonly rest: string } {
  let rest = '';
  for (let there = absolute; ; there = dirname(there)) {
    try {
      // One call of the system; the other one asks for each folder on the way.
      return { real: realpathSync.native(there), rest };
    } catch {
      if (dirname(there) === there) return { real: there, rest };
      rest = join(basename(there), rest);
    }
  }
}
