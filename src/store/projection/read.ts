/**
 * Reading the projection: what guards and `peek` do, with nothing but node's own modules. Throws where a line is not
 * whole; the branch itself is then to be read.
 */
import { join } from 'node:path';
import { hiddenName, type Names, withName } from '../../domain/agent/visibility.ts';
import { pendingAsks } from '../../domain/ask/present.ts';
import { mayTouch } from '../../domain/claim/near.ts';
import type { HeldRival, Verdict } from '../../domain/claim/verdict.ts';
import { escalationsFor, type OpenEscalation } from '../../domain/escalation/present.ts';
import type { ShownMail, ShownMessage } from '../../domain/message/present.ts';
import {
  anySegment,
  type HeldLine,
  idOfClaimLine,
  parseLine,
  patternOfClaimLine,
  segmentOfPath,
} from './claims-lines.ts';
import { readLines } from './line-file.ts';
import {
  asksFile,
  deliveredFile,
  escalationsFile,
  formerFile,
  hiddenFile,
  idBeforeSpace,
  mailFile,
  ownerFile,
  parseMail,
  secretRoomsFile,
} from './mail-lines.ts';
import { readStamp } from './stamp.ts';

export function projectionOf({ commonDir }: { readonly commonDir: string }): string {
  return join(commonDir, 'intercom', 'projection');
}

/** Fresh: it stands for this very tip, and was written in a hub or without one. An absent branch needs no projection. */
export function isFresh(dir: string, tip: string | null, inHub = false): boolean {
  if (tip === null) return true;
  const stamp = readStamp(dir);
  return stamp?.tip === tip && (stamp.hubKey !== null) === inHub;
}

/** The claims that might match one of these paths; more than those that do. */
export function heldNear(dir: string, paths: readonly string[], options: { readonly ignoreCase: boolean }): HeldLine[] {
  const segments = new Set([anySegment, ...paths.map((path) => segmentOfPath(path, options))]);
  const isNear = mayTouch(paths, options);
  const isWanted = (line: string) => {
    const pattern = patternOfClaimLine(line);
    return pattern === undefined || isNear(pattern);
  };
  const how = { whole: true, isWanted };
  return [...segments].flatMap((segment) =>
    [...readLines(join(dir, 'claims', segment), idOfClaimLine, how).values()].flat().map(wholeLine),
  );
}

/** The verdict as it may be told: whoever is not listed is not named to others. */
export function withNames(dir: string, verdict: Verdict, self: string): Verdict {
  if (verdict.rivals.length === 0) return verdict;
  return { ...verdict, rivals: namedRivals(dir, verdict.rivals, self) };
}

export function namedRivals(dir: string, rivals: readonly HeldRival[], self: string): HeldRival[] {
  const names = namesIn(dir, self);
  return rivals.map((rival) => withName(rival, names));
}

function namesIn(dir: string, self: string): Names {
  const hidden = readLines(join(dir, hiddenFile), idBeforeSpace, { whole: true });
  return (name) => (name !== self && hidden.has(name) ? hiddenName : name);
}

function wholeLine(line: string): HeldLine {
  const held = parseLine(line);
  if (held === undefined) throw new Error('a line of the projection is torn');
  return held;
}

/** Unread mail of one agent: open escalations, then what is urgent, then by time. */
export function unreadMail(dir: string, agent: string): ShownMail[] {
  const delivered = readLines(join(dir, deliveredFile(agent)), idBeforeSpace, { whole: true });
  const mail = [...readLines(join(dir, mailFile(agent)), idBeforeSpace, { whole: true }).values()].map((lines) => {
    const message = parseMail(lines[lines.length - 1] as string);
    const at = delivered.get(message.id)?.[0];
    return { ...message, delivered: at === undefined ? null : at.slice(at.indexOf(' ') + 1), acknowledged: null };
  });
  const urgency = ({ importance, escalation }: ShownMail) =>
    escalation === null ? (importance === 'urgent' ? 1 : 2) : escalation.closed === null ? 0 : 2;
  return mail.sort((a, b) => urgency(a) - urgency(b) || (a.id < b.id ? -1 : 1));
}

/** Whether an agent was called so before: only the branch tells who it is now. */
function isFormerName(dir: string, name: string): boolean {
  return readLines(join(dir, formerFile), idBeforeSpace, { whole: true }).has(name);
}

export interface NamedSelf {
  readonly name: string;
  readonly uid: string | undefined;
  /** Of a name that was given by word: the person's uid on this machine, undefined where none is kept. */
  readonly given?: { readonly home: string | undefined } | undefined;
}

/**
 * The same with the uid that it acts by, where the projection tells so much. Undefined where the name may be another's, or
 * have been: only the branch tells who that is.
 */
export function certainSelf<Asking extends NamedSelf>(dir: string, self: Asking): Asking | undefined {
  if (self.name === '') return self;
  const [owner] = [...readLines(join(dir, ownerFile(self.name)), idBeforeSpace, { whole: true }).values()].flat();
  if (owner === undefined) return isFormerName(dir, self.name) ? undefined : self;
  const uid = idBeforeSpace(owner);
  const isOwn = self.given === undefined ? uid === self.uid : owner === `${uid} ${self.given.home}`;
  return isOwn ? { ...self, uid } : undefined;
}

/** Whether there is a room of which only those with a key to it know. */
export function hasSecretRooms(dir: string): boolean {
  return readLines(join(dir, secretRoomsFile), idBeforeSpace, { whole: true }).size > 0;
}

/** Open asks of one agent and to it. */
export function openAsksOf(dir: string, agent: string, nowMs: number): ShownMessage[] {
  const asks = [...readLines(join(dir, asksFile(agent)), idBeforeSpace, { whole: true }).values()];
  return pendingAsks(
    asks.map((lines) => parseMail(lines[lines.length - 1] as string)),
    agent,
    nowMs,
  );
}

/** Open escalations: all for a person, for an agent its own. */
export function openEscalationsFor(dir: string, self: { name: string; isPerson: boolean }): OpenEscalation[] {
  const open = [...readLines(join(dir, escalationsFile), idBeforeSpace, { whole: true }).values()];
  return escalationsFor(
    open.map((lines) => parseMail(lines[lines.length - 1] as string)),
    self,
    open.length === 0 ? (name) => name : namesIn(dir, self.name),
  );
}
