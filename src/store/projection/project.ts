/** Writing the projection: along with each commit, or from scratch. Always under the write lock. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isListed } from '../../domain/agent/visibility.ts';
import { readableText } from '../../domain/hub/readable.ts';
import { shownMessage } from '../../domain/message/present.ts';
import type { AnyRecord, MessageRecord, ReceiptRecord } from '../../domain/record/record.ts';
import type { Change } from '../../domain/view.ts';
import { idOfClaimLine, type LineOptions, lineId, linesOf, parseLine } from './claims-lines.ts';
import { appendLines, readLines } from './line-file.ts';
import {
  asksFile,
  deliveredFile,
  escalationsFile,
  formatMail,
  formerFile,
  hiddenFile,
  idBeforeSpace,
  mailFile,
  ownerFile,
  secretRoomsFile,
  subscribersFile,
} from './mail-lines.ts';

interface Options extends LineOptions {
  readonly nowMs: number;
}

/** The lines to append, by file. */
type Lines = Map<string, string[]>;

export function project(dir: string, changes: Iterable<Change>, options: Options): void {
  const lines: Lines = new Map();
  // Receipts come last: an acknowledgement takes away what a message of the same stretch has put there.
  const ordered = [...changes].sort((a, b) => Number(isReceipt(a)) - Number(isReceipt(b)));
  for (const change of ordered) {
    const [collection, agent = ''] = change.path.split('/');
    // A name made by hand may be anything; only claims are shown for those that no agent or id can have.
    if (collection !== 'claims' && !change.path.split('/').every(isPlainName)) continue;
    if (collection === 'claims') projectClaim(dir, lines, change, options);
    else if (collection === 'inbox') projectMail(lines, agent, change, options);
    else if (collection === 'broadcast') projectBroadcast(dir, lines, change, options);
    else if (collection === 'asks') projectAsk(lines, change, options);
    else if (collection === 'escalations') projectEscalation(lines, change, options);
    else if (collection === 'receipts') projectReceipt(lines, change);
    else if (collection === 'rooms') projectSecretRoom(lines, change);
    else if (collection === 'agents') {
      projectHidden(lines, change);
      projectFormer(lines, change);
      projectOwner(lines, agent, change);
    } else if (collection === 'subscriptions') push(lines, subscribersFile, change.after ? `+${agent} .` : `-${agent}`);
  }
  for (const [file, added] of lines) appendLines(join(dir, file), added, idFor(file));
}

/** The stamp goes first: nobody takes what is left for the whole. What stands where the folder belongs goes, too. */
export function clearProjection(dir: string): void {
  try {
    rmSync(join(dir, 'stamp'), { recursive: true, force: true });
  } catch {
    // The folder is no folder.
  }
  rmSync(dir, { recursive: true, force: true });
}

/** Since when this clone has seen the claim with this expiry. */
export function seenSince(dir: string, claim: AnyRecord, options: LineOptions): number | undefined {
  if (claim.kind !== 'claim') return undefined;
  for (const { segment } of linesOf(claim, 0, options)) {
    const line = linesIn(join(dir, 'claims', segment)).get(claim.id)?.[0];
    const held = line === undefined ? undefined : parseLine(line);
    if (held !== undefined && held.expires === claim.expires) return held.seenMs;
  }
  return undefined;
}

/** What cannot be read has not been seen. */
function linesIn(file: string, idOf = idOfClaimLine): Map<string, string[]> {
  try {
    return readLines(file, idOf);
  } catch {
    return new Map();
  }
}

/** Its sender has another name: who has read it does not get it again. */
function isUnread(dir: string, reader: string, id: string): boolean {
  return isPlainName(reader) && linesIn(join(dir, mailFile(reader)), idBeforeSpace).has(id);
}

function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);
}

function isReceipt({ path }: Change): boolean {
  return path.startsWith('receipts/');
}

function projectClaim(dir: string, lines: Lines, { before, after }: Change, options: Options): void {
  const renewed = before?.kind === 'claim' && after?.kind === 'claim' && before.expires === after.expires;
  const seenMs = (renewed ? seenSince(dir, after, options) : undefined) ?? options.nowMs;
  const old = before === undefined ? [] : linesOf(before, 0, options);
  const now = after === undefined ? [] : linesOf(after, seenMs, options);
  // Also where a line comes to be: the same step made twice, after a crash, leaves one.
  for (const segment of new Set([...old, ...now].map(({ segment }) => segment))) {
    push(lines, `claims/${segment}`, `-${lineId((before ?? after) as AnyRecord)}`);
  }
  for (const { segment, line } of now) push(lines, `claims/${segment}`, `+${line}`);
}

/** In a hub with the names of the other repositories as they are; which of them are alike is not known here. */
function mailLine(message: MessageRecord, { hubKey }: Options): string {
  const line = formatMail(shownMessage(message));
  return hubKey ? readableText(line, hubKey, []) : line;
}

function projectMail(lines: Lines, agent: string, { path, after }: Change, options: Options): void {
  const id = path.slice(path.lastIndexOf('/') + 1);
  push(lines, mailFile(agent), `-${id}`);
  if (after?.kind === 'message') push(lines, mailFile(agent), `+${mailLine(after, options)}`);
}

function projectBroadcast(dir: string, lines: Lines, { before, after }: Change, options: Options): void {
  if (before?.kind === 'message' && after === undefined) {
    for (const reader of before.to) push(lines, mailFile(reader), `-${before.id}`);
  }
  if (after?.kind === 'message' && before === undefined) {
    for (const reader of after.to) push(lines, mailFile(reader), `+${mailLine(after, options)}`);
  }
  if (before?.kind === 'message' && after?.kind === 'message') {
    // An agent of another name: who has read it is taken out again by its receipt.
    for (const reader of before.to) if (!after.to.includes(reader)) push(lines, mailFile(reader), `-${before.id}`);
    for (const reader of after.to) {
      if (!before.to.includes(reader)) push(lines, mailFile(reader), `+${mailLine(after, options)}`);
      else if (before.agent !== after.agent && isUnread(dir, reader, after.id)) {
        push(lines, mailFile(reader), `-${after.id}`);
        push(lines, mailFile(reader), `+${mailLine(after, options)}`);
      }
    }
  }
}

function projectAsk(lines: Lines, { before, after }: Change, options: Options): void {
  for (const record of [before, after]) {
    if (record?.kind !== 'message') continue;
    const sign = record === after ? `+${mailLine(record, options)}` : `-${record.id}`;
    for (const agent of new Set([record.agent, ...record.to])) push(lines, asksFile(agent), sign);
  }
}

function projectEscalation(lines: Lines, { path, after }: Change, options: Options): void {
  push(lines, escalationsFile, `-${path.slice(path.lastIndexOf('/') + 1)}`);
  if (after?.kind === 'message') push(lines, escalationsFile, `+${mailLine(after, options)}`);
}

/** Most agents never hide, and leave no line. */
function projectHidden(lines: Lines, { before, after }: Change): void {
  const hides = (record: AnyRecord | undefined) => record?.kind === 'agent' && !isListed(record);
  for (const record of [before, after]) {
    if (record?.kind === 'agent' && hides(record)) push(lines, hiddenFile, `-${record.agent}`);
  }
  if (after?.kind === 'agent' && hides(after)) push(lines, hiddenFile, `+${after.agent} .`);
}

/** The mail of a former name is touched: a hook that knows the session by it must look at the branch. */
function projectFormer(lines: Lines, { before, after }: Change): void {
  const known = new Set(before?.kind === 'agent' ? before.formerly : []);
  for (const name of (after?.kind === 'agent' ? after.formerly : undefined) ?? []) {
    if (known.has(name) || !isPlainName(name)) continue;
    push(lines, formerFile, `+${name} .`);
    push(lines, mailFile(name), '-renamed');
  }
}

/** What cannot be read has an owner whom nobody can be. */
function projectOwner(lines: Lines, name: string, { before, after }: Change): void {
  const ownerOf = (record: AnyRecord) => (record.kind === 'agent' ? `${record.uid} ${record.home ?? '.'}` : '? .');
  const [was, is] = [before, after].map((record) => (record === undefined ? undefined : ownerOf(record)));
  if (was === is) return;
  if (was !== undefined) push(lines, ownerFile(name), `-${idBeforeSpace(was)}`);
  if (is !== undefined) push(lines, ownerFile(name), `+${is}`);
}

/** Nobody knows whose it is, and what is said in it is in no mail: whoever has keys looks into it. */
function projectSecretRoom(lines: Lines, { before, after }: Change): void {
  if (after?.kind !== 'room' || after.visibility !== 'secret' || before !== undefined) return;
  push(lines, secretRoomsFile, `+${after.id} .`);
}

/** What was acknowledged is unread no more (a message to all stays for the others); what was delivered is noted. */
function projectReceipt(lines: Lines, { before, after }: Change): void {
  if (after?.kind !== 'receipt') return;
  const known = before?.kind === 'receipt' ? before : undefined;
  for (const { agent } of added(known, after, 'acknowledged')) push(lines, mailFile(agent), `-${after.id}`);
  // Who left a room has its mail no more.
  for (const { agent } of added(known, after, 'expired')) push(lines, mailFile(agent), `-${after.id}`);
  for (const { agent, at } of added(known, after, 'delivered')) push(lines, deliveredFile(agent), `+${after.id} ${at}`);
  for (const { agent } of added(known, after, 'acknowledged')) push(lines, deliveredFile(agent), `-${after.id}`);
}

function added(
  before: ReceiptRecord | undefined,
  after: ReceiptRecord,
  mark: 'delivered' | 'acknowledged' | 'expired',
) {
  return (after[mark] ?? []).filter(({ agent }) => !before?.[mark]?.some((known) => known.agent === agent));
}

function push(lines: Lines, file: string, line: string): void {
  const known = lines.get(file);
  if (known === undefined) lines.set(file, [line]);
  else known.push(line);
}

function idFor(file: string): (line: string) => string {
  return file.startsWith('claims/') ? idOfClaimLine : idBeforeSpace;
}
