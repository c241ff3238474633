/**
 * Claims for guards: one file for each first segment of a path, one line for each pattern of a claim, fields between
 * tabs. A guard reads the file of its path's first segment and `any`, which has the patterns that begin with a wildcard.
 *
 * No npm package is reachable from here: hooks read it in milliseconds.
 */
import type { HeldPath } from '../../domain/claim/verdict.ts';
import { parsePattern } from '../../domain/pattern/parse.ts';
import { localPattern } from '../../domain/pattern/repository.ts';
import type { AnyRecord } from '../../domain/record/record.ts';

export const anySegment = 'any';
const elsewhereSegment = 'elsewhere';

/** The files that a claim with this pattern stands in. Names that a file system might not take share `other`. */
export function segmentOf(pattern: string, options: { readonly ignoreCase: boolean }): string {
  const parsed = parsePattern(pattern, options);
  const first = parsed.ok ? parsed.pattern.literalPrefix[0] : undefined;
  return first === undefined ? anySegment : segmentOfPath(first, options);
}

/** Of `./port:5432`, which is how a file is typed that is called like a resource, it is the name. */
export function segmentOfPath(path: string, options: { readonly ignoreCase: boolean }): string {
  const first = path.replace(/^(?:\.\/)+/, '').split('/', 1)[0] ?? '';
  const folded = options.ignoreCase ? first.toLowerCase() : first;
  return /^[A-Za-z0-9._-]{1,100}$/.test(folded) ? `s-${folded}` : 'other';
}

export interface HeldLine extends HeldPath {
  /** When this clone first saw the claim with this expiry, by this machine's clock. */
  readonly seenMs: number;
  readonly leaseSeconds: number;
}

export interface LineOptions {
  readonly ignoreCase: boolean;
  /** What this repository is called in its hub; absent where it is its own. */
  readonly hubKey?: string | null | undefined;
}

/**
 * A line for each pattern, with the file that it belongs into. Paths of this repository stand there plain; those of
 * another in a file that no guard reads, for since when a claim was seen is to be known of them as well.
 */
export function linesOf(record: AnyRecord, seenMs: number, options: LineOptions) {
  if (record.kind !== 'claim' && record.kind !== 'unreadable') return [];
  return record.paths.map((pattern) => {
    const local = localPattern(pattern, options.hubKey);
    return {
      segment: local === undefined ? elsewhereSegment : segmentOf(local, options),
      line: format(record, { pattern, shown: local ?? pattern }, seenMs),
    };
  });
}

function format(
  record: AnyRecord,
  { pattern, shown }: { readonly pattern: string; readonly shown: string },
  seenMs: number,
): string {
  // A text that no line can hold is no pattern either, and holds everything.
  const text = /[\t\r\n]/.test(shown) ? '**' : shown;
  const fields =
    record.kind === 'claim'
      ? [
          record.uid,
          record.agent,
          record.mode,
          record.expires,
          record.branch ?? '',
          text,
          record.why ?? '',
          String(record.leaseSeconds),
          text === shown && record.files?.includes(pattern) ? 'file' : '',
        ]
      : ['', 'unknown', 'exclusive', '', '', text, 'its record cannot be read', '0', ''];
  return [lineId(record), String(seenMs), ...fields.map((field) => field.replace(/[\t\r\n]/g, ' '))].join('\t');
}

/** The id as it stands in lines. A file made by hand may be called anything, and must not speak for another line. */
export function lineId(record: AnyRecord): string {
  return (record as { id: string }).id.replace(/[\t\r\n]/g, '?');
}

const fieldCount = 11;
const patternField = 7;

/** Undefined for a line that is not whole. */
export function parseLine(line: string): HeldLine | undefined {
  const fields = line.split('\t');
  if (fields.length !== fieldCount) return undefined;
  const [
    id = '',
    seenMs = '0',
    uid = '',
    agent = '',
    mode,
    expires = '',
    branch = '',
    pattern = '',
    why = '',
    lease,
    kind,
  ] = fields;
  return {
    id,
    agent,
    uid: uid === '' ? null : uid,
    pattern,
    isFile: kind === 'file',
    mode: mode === 'shared' ? 'shared' : 'exclusive',
    expires: expires === '' ? null : expires,
    branch: branch === '' ? null : branch,
    why: why === '' ? null : why,
    seenMs: Number(seenMs),
    leaseSeconds: Number(lease),
  };
}

/** Without taking the rest of the line apart; undefined for one that is not whole. */
export function patternOfClaimLine(line: string): string | undefined {
  let start = 0;
  for (let field = 0; field < patternField; field++) {
    start = line.indexOf('\t', start) + 1;
    if (start === 0) return undefined;
  }
  const end = line.indexOf('\t', start);
  return end < 0 ? undefined : line.slice(start, end);
}

export function idOfClaimLine(line: string): string {
  return line.slice(0, line.indexOf('\t'));
}
