/** What a "no" and a "not yet" know beyond their sentence: every rival, every message that may be meant. */
import type { listedAsk } from '../../domain/ask/refusals.ts';
import type { Rival } from '../../domain/claim/conflict.ts';
import { shortId } from '../../domain/id.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { listed, oneLine } from '../../domain/text.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { unanswered } from './asks.ts';
import { leaseLeft, nameWord } from './words.ts';

/** More would push the sentence and the next command off the screen; --json has them all. */
const detailsMax = 10;

/** Lines to show below the sentence; none where the sentence says it all. */
export function refusalDetails({ data }: Refusal, telling: Telling): string[] {
  const rivals = (data.rivals ?? []) as readonly Rival[];
  const unread = (data.unread ?? []) as readonly { id: string; from: string; subject: string }[];
  const asks = (data.asks ?? []) as readonly ReturnType<typeof listedAsk>[];
  const escalations = (data.escalations ?? []) as typeof asks;
  const rows = [
    ...(rivals.length > 1 ? rivals.map((rival) => rivalRow(rival, telling)) : []),
    ...unread.map(({ id, from, subject }) => [shortId(id), nameWord(from, telling), oneLine(subject, 60)]),
    ...[...asks, ...escalations].map((ask) => askRow(ask, telling)),
  ];
  const more = rows.length > detailsMax ? [`and ${rows.length - detailsMax} more`] : [];
  return [...aligned(rows.slice(0, detailsMax), telling.terminal.columns - 2), ...more].map((line) => `  ${line}`);
}

function askRow({ id, from, to, subject }: ReturnType<typeof listedAsk>, telling: Telling): string[] {
  const whom = to.length === 0 ? '' : ` → ${listed(to)}`;
  return [shortId(id), `${nameWord(from, telling)}${whom}`, oneLine(subject, 60)];
}

function rivalRow({ agent, overlap, state, branch, expires, why }: Rival, telling: Telling): string[] {
  const how = state === 'waits' ? 'waits' : [leaseLeft(expires, telling), branch === null ? '' : `on ${branch}`];
  return [
    listed(overlap, 3),
    nameWord(agent, telling),
    [how].flat().filter(Boolean).join(', '),
    oneLine(why ?? '', 80),
  ];
}

interface Waiting {
  readonly id: string;
  readonly ahead: number;
  readonly rivals: readonly Rival[];
  /** The wait was interrupted, which gives the place up. */
  readonly left?: true;
}

function leftTheLine(what: string, { terminal: { paint } }: Telling): string {
  const about = what === '' ? '' : ` for ${what}`;
  return [
    `${paint('yellow', 'pending:')} The wait${about} was interrupted, and the place in line is given up.`,
    `${paint('cyan', 'next:')}    Run git intercom claim again, with --wait, to stand in line anew.`,
  ].join('\n');
}

/** A wait that ran out: who is in the way, which place is kept, and both ways on. */
export function pendingAnswer(value: Readonly<Record<string, unknown>>, telling: Telling): string {
  if (value.pending !== undefined) return unanswered(value.pending as Parameters<typeof unanswered>[0], telling);
  const { paint } = telling.terminal;
  const { id, ahead, rivals, left } = value.waiting as Waiting;
  const by = listed([...new Set(rivals.filter(({ state }) => state !== 'waits').map(({ agent }) => agent))]);
  const what = listed([...new Set(rivals.flatMap(({ overlap }) => overlap))]);
  if (left === true) return leftTheLine(what, telling);
  const held =
    by === ''
      ? 'The wait ran out'
      : `The wait for ${what} ran out: ${by} still ${by.includes(' ') ? 'hold' : 'holds'} it`;
  const place = ahead === 0 ? 'You are next in line' : `${ahead} ${ahead === 1 ? 'waits' : 'wait'} ahead of you`;
  return [
    `${paint('yellow', 'pending:')} ${held}. ${place}.`,
    `${paint('cyan', 'next:')}    Run git intercom claim --id ${id} --wait to go on waiting, or git intercom release ${id} to leave the line.`,
  ].join('\n');
}
