/** What a commit did to one claim, done to the same claim as it is now. */
import { withPaths } from '../record/patterns.ts';
import type { ClaimRecord } from '../record/record.ts';
import { merged } from './three-way.ts';

export interface ClaimEdit {
  readonly before: ClaimRecord | undefined;
  readonly after: ClaimRecord | undefined;
}

/** Undefined when no path is left of it. What a later renewal says of the lease stays. */
export function changedClaim(before: ClaimRecord, after: ClaimRecord, current: ClaimRecord): ClaimRecord | undefined {
  const gone = before.paths.filter((path) => !after.paths.includes(path));
  const paths = current.paths.filter((path) => !gone.includes(path));
  if (paths.length === 0) return undefined;
  const { agent, uid, mode, token, files } = current;
  const fields = { ...merged(before, after, current), agent, uid, mode, token, files, paths: current.paths };
  if (current.at <= after.at) return withPaths(fields, paths);
  const { at, host, boot, expires, leaseSeconds } = current;
  return withPaths({ ...fields, at, host, boot, expires, leaseSeconds }, paths);
}
