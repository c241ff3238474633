/** What a step makes of a file as it stands: pure, and the same for the real thing and for a rehearsal. */
import { hasBlock, putBlock, takeBlock } from './block.ts';
import type { FileRecord, OwnJson } from './journal.ts';
import { UneditableJson } from './json-text.ts';
import { withOurs, withoutOurs } from './own-json.ts';
import type { BlockStep, JsonStep, OwnFileStep } from './step.ts';

export type FileStep = JsonStep | OwnFileStep | BlockStep;

export type Change =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'write';
      readonly bytes: Buffer;
      /** The file as it would be had we never come, where that differs from what stands there. */
      readonly without: Buffer | null;
      readonly json?: OwnJson;
      readonly isExecutable: boolean;
    }
  | { readonly kind: 'refused'; readonly what: string; readonly next: string };

/** `known` is the record of an earlier set-up, and `isIntact` that nobody has changed the file since. */
export function changeOf(
  step: FileStep,
  now: Buffer | undefined,
  known: FileRecord | undefined,
  isIntact: boolean,
): Change {
  if (step.kind === 'file') return ownFile(step, now, known, isIntact);
  const text = now === undefined ? undefined : textOf(now);
  if (now !== undefined && text === undefined) return refusal(step.file, 'it is not UTF-8 text');
  return step.kind === 'json' ? json(step, now, text, known) : block(step, now, text);
}

/** What is left of a file that somebody changed after us: `null` where nothing is, undefined where nothing is ours. */
export function remains(record: FileRecord, now: Buffer): Buffer | null | undefined {
  const text = textOf(now);
  if (text === undefined) return undefined;
  const { bom, body } = withoutBom(text);
  const rest = record.json !== undefined ? withoutOurs(body, record.json) : hasBlock(text) ? takeBlock(body) : body;
  const isEmpty = rest === undefined || (record.hasBlock === true && /^(#!.*)?\s*$/.test(rest));
  if (isEmpty && record.before === null) return null;
  const left = Buffer.from(bom + (rest ?? '{}\n'));
  return left.equals(now) ? undefined : left;
}

function ownFile(step: OwnFileStep, now: Buffer | undefined, known: FileRecord | undefined, isIntact: boolean): Change {
  const bytes = Buffer.from(step.text);
  if (now?.equals(bytes)) return { kind: 'none' };
  if (now !== undefined && step.isPrivate !== true && !(known !== undefined && isIntact)) {
    const why =
      known === undefined ? 'there is a file of somebody else' : 'somebody has changed it since it was set up';
    return refusal(step.file, why);
  }
  return { kind: 'write', bytes, without: null, isExecutable: step.isExecutable === true };
}

function json(
  step: JsonStep,
  now: Buffer | undefined,
  text: string | undefined,
  known: FileRecord | undefined,
): Change {
  const { bom, body } = withoutBom(text ?? '');
  try {
    const done = withOurs(body, step, known?.json);
    if (done.text === body) return { kind: 'none' };
    const rest = now === undefined ? undefined : withoutOurs(body, foundOurs(step, known));
    const without = now === undefined ? null : rest === undefined || rest === body ? now : Buffer.from(bom + rest);
    return { kind: 'write', bytes: Buffer.from(bom + done.text), without, json: done.ours, isExecutable: false };
  } catch (thrown) {
    if (!(thrown instanceof UneditableJson)) throw thrown;
    return refusal(step.file, thrown.message);
  }
}

function foundOurs(step: JsonStep, known: FileRecord | undefined): OwnJson {
  return known?.json ?? { marks: step.marks, edits: step.edits.filter(({ how }) => how !== 'default'), made: [] };
}

function block(step: BlockStep, now: Buffer | undefined, text: string | undefined): Change {
  const before = text ?? step.head ?? '';
  const after = putBlock(before, step.lines, step.at, step.comment);
  if (now !== undefined && after === text) return { kind: 'none' };
  const without = now === undefined ? null : Buffer.from(takeBlock(before));
  return { kind: 'write', bytes: Buffer.from(after), without, isExecutable: step.isExecutable === true };
}

function refusal(file: string, why: string): Change {
  return {
    kind: 'refused',
    what: `${file} was left as it is: ${why}.`,
    next: `Mend or move ${file}, then run git intercom init again.`,
  };
}

/** Undefined where the bytes are no UTF-8, and would not come back. */
function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

function withoutBom(text: string): { bom: string; body: string } {
  return text.startsWith('\ufeff') ? { bom: '\ufeff', body: text.slice(1) } : { bom: '', body: text };
}
