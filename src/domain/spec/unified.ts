/** A difference as people and patch(1) read it. */
import type { LineChange } from './diff.ts';

const around = 3;

/** The hunks of a unified diff, three lines around each change; the empty text where nothing differs. */
export function unifiedHunks(changes: readonly LineChange[]): string {
  return stretches(changes)
    .map(({ from, to, lineA, lineB }) => hunk(changes.slice(from, to), lineA, lineB))
    .join('');
}

interface Stretch {
  readonly from: number;
  to: number;
  /** Lines of each text that come before it. */
  readonly lineA: number;
  readonly lineB: number;
}

/** Changes that are at most six lines apart share one. */
function stretches(changes: readonly LineChange[]): Stretch[] {
  const found: Stretch[] = [];
  const linesBefore: { readonly a: number; readonly b: number }[] = [];
  let [a, b] = [0, 0];
  for (const [n, { kind }] of changes.entries()) {
    linesBefore.push({ a, b });
    if (kind !== 'added') a++;
    if (kind !== 'removed') b++;
    if (kind === 'same') continue;
    const last = found.at(-1);
    const from = Math.max(0, n - around);
    const to = Math.min(changes.length, n + 1 + around);
    if (last !== undefined && from <= last.to) last.to = to;
    else found.push({ from, to, lineA: linesBefore[from]?.a ?? 0, lineB: linesBefore[from]?.b ?? 0 });
  }
  return found;
}

const signs = { same: ' ', removed: '-', added: '+' } as const;

function hunk(changes: readonly LineChange[], lineA: number, lineB: number): string {
  const ofA = changes.filter(({ kind }) => kind !== 'added').length;
  const ofB = changes.filter(({ kind }) => kind !== 'removed').length;
  const lines = changes.map(({ kind, line }) =>
    line.endsWith('\n') ? `${signs[kind]}${line}` : `${signs[kind]}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range(lineA, ofA)} +${range(lineB, ofB)} @@\n${lines.join('')}`;
}

/** POSIX diff(1): an empty range names the line before it, and a count of one is left out. */
function range(before: number, count: number): string {
  if (count === 0) return `${before},0`;
  return count === 1 ? `${before + 1}` : `${before + 1},${count}`;
}
