/** How a refused ask is told: why it could not be answered, and what to run next. */
import { shortId } from '../id.ts';
import { openAsksMax } from '../limits.ts';
import type { MessageRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';
import { formatDuration, msOf } from '../time.ts';
import type { Ask } from './open.ts';

export function notOneRefusal(to: string) {
  return refuse(
    'bad-name',
    `An ask goes to one agent, and ${to === 'all' ? 'all is everybody' : `${oneLine(to, 64)} is a room`}.`,
    `Name one of them, or run git intercom send ${oneLine(to, 64)} "…": it waits for nobody.`,
  );
}

export function selfRefusal(name: string) {
  return refuse(
    'ask-self',
    `${name} cannot ask ${name}: nobody would answer.`,
    'Run git intercom who to see whom you can ask.',
    { name },
  );
}

/** `cycle` leads from the asked agent back to the actor. */
export function cycleRefusal(cycle: readonly Ask[], name: string) {
  const names = [name, ...cycle.map(({ agent }) => agent), name];
  const last = cycle[cycle.length - 1] as Ask;
  return refuse(
    'ask-cycle',
    `Asking ${names[1]} would never end: ${names.join(' waits for ')}.`,
    `Answer ${last.agent} first: git intercom reply ${shortId(last.id)} "…". Or tell ${names[1]} with git intercom send, which waits for nothing.`,
    { cycle: names, asks: cycle.map(listedAsk) },
  );
}

export function limitRefusal(own: readonly Ask[], name: string) {
  const first = shortId((own[0] as Ask).id);
  return refuse(
    'ask-limit',
    `${name} has ${own.length} open asks, and ${openAsksMax} is the most.`,
    `Wait for one with git intercom ask --id ${first}, or take one back with git intercom ask --cancel ${first}.`,
    { asks: own.map(listedAsk), openMax: openAsksMax },
  );
}

export function turnsRefusal(name: string, asked: string, turnsMax: number) {
  return refuse(
    'ask-limit',
    `${name} and ${asked} have asked each other ${turnsMax} times in a row, and nobody else was in it.`,
    `Go on with what you know, have a person decide with git intercom escalate "…", or tell ${asked} with git intercom send.`,
    { asked, turnsMax },
  );
}

export function unknownAskRefusal(id: string, name: string) {
  const next = 'Run git intercom pending to see which are open.';
  return refuse('unknown-message', `${name} has not asked anything under the id ${oneLine(id, 40)}.`, next, { id });
}

export function expiredRefusal({ id, to: [to = ''], ask }: Ask, nowMs: number) {
  return refuse(
    'ask-over',
    `${to} did not answer ${shortId(id)} in time: it has been over for ${formatDuration((nowMs - msOf(ask.until)) / 1000)}.`,
    `Ask again with git intercom ask ${to} "…", or go on without. A late answer is mail: git intercom peek.`,
    { id, state: 'expired' },
  );
}

export function cancelledRefusal({ id, to: [to = ''] }: Ask) {
  return refuse(
    'ask-over',
    `${shortId(id)} was taken back: ${to} need not answer it.`,
    `Ask again with git intercom ask ${to} "…".`,
    { id, state: 'cancelled' },
  );
}

/** As a list of what may be meant shows it; an escalation, too. */
export function listedAsk({ id, agent, to, subject, text }: MessageRecord) {
  return { id, from: agent, to, subject: subject ?? oneLine(text, 60) };
}
