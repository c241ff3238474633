/** What changed between two versions, in a line. */
import { counted, oneLine } from '../text.ts';
import { diffLines, type LineChange } from './diff.ts';

const quotedChars = 60;

export interface Counts {
  readonly added: number;
  readonly removed: number;
}

export function countsOf(changes: readonly LineChange[]): Counts {
  const of = (wanted: LineChange['kind']) => changes.filter(({ kind }) => kind === wanted).length;
  return { added: of('added'), removed: of('removed') };
}

/** `2 lines added, 1 removed, first: codes are numbers`; of a first version how long it is. */
export function summaryOf(before: string | undefined, after: string): string {
  const changes = diffLines(before ?? '', after);
  const { added, removed } = countsOf(changes);
  const wanted = added > 0 ? 'added' : 'removed';
  const first = changes.find(({ kind, line }) => kind === wanted && line.trim() !== '');
  const quoted = oneLine(first?.line ?? '', quotedChars);
  const end = quoted === '' ? '' : `, first: ${quoted}`;
  if (before === undefined) return `${counted(added, 'line')}${end}`;
  if (removed === 0) return `${counted(added, 'line')} added${end}`;
  if (added === 0) return `${counted(removed, 'line')} removed${end}`;
  return `${counted(added, 'line')} added, ${removed} removed${end}`;
}
