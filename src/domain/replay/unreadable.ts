/**
 * What this version cannot read, or knows no kind for, is carried along as it is, where the place still looks as it did.
 * A new claim that cannot be read is always kept: it goes on holding its paths.
 */
import { fencePath, kindOf } from '../record/path.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

/** Paths whose file is to be copied from the commit, byte for byte; what can be written as a record goes into the draft. */
export function replayUnreadable({ draft, past }: Round): string[] {
  const copies: string[] = [];
  for (const { path, before, after } of past.edits) {
    if (after?.kind !== 'unreadable' && before?.kind !== 'unreadable') continue;
    if (path === fencePath) continue;
    const current = draft.record(path);
    const isUnchanged = isSameRecord(before, current);
    if (!isUnchanged && !(after?.kind === 'unreadable' && current === undefined && kindOf(path) === 'claim')) continue;
    if (after === undefined) draft.remove(path);
    else if (after.kind === 'unreadable') copies.push(path);
    else draft.put(path, after);
  }
  return copies;
}
