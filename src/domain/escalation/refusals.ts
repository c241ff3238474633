/** How a refused escalation is told, and who may not close one. */
import { shortId } from '../id.ts';
import { openEscalationsMax } from '../limits.ts';
import { refuse } from '../refusal.ts';
import { oneLine } from '../text.ts';
import type { Escalation } from './open.ts';

export function unknownMessageRefusal(id: string, name: string) {
  return refuse(
    'unknown-message',
    `${name} neither sent nor got a message ${oneLine(id, 40)}.`,
    'Run git intercom peek to see the ids, or escalate a text: git intercom escalate "…".',
    { id },
  );
}

export function nothingToEscalate() {
  return refuse(
    'nothing-to-escalate',
    'An escalation wants a text: what a person is to decide.',
    'Run git intercom escalate "…", or git intercom escalate <id> of a message.',
  );
}

export function tooManyRefusal(own: readonly Escalation[], name: string) {
  return refuse(
    'too-many',
    `${name} has ${own.length} open escalations, and ${openEscalationsMax} is the most.`,
    'Wait for a person to answer one: git intercom escalations.',
    { open: own.map(({ id }) => id) },
  );
}

export function notPersonRefusal({ id, agent }: Escalation, name: string) {
  return refuse(
    'not-person',
    `${shortId(id)} of ${agent} waits for a person, and ${name} is an agent.`,
    `Tell what you know: git intercom reply ${id} "…". It stays open until a person answers it, under their own name in git.`,
    { id },
  );
}

/** A person is shown what was sealed for others only when who may read it says so. */
export function sealedRefusal(id: string) {
  const message = `${shortId(id)} is sealed: escalated in the open, it would show nobody what it says.`;
  const next = `Show it to the persons here who have a key, git intercom escalate ${shortId(id)} --sealed, or say in your own words what is to be decided: git intercom escalate "…".`;
  return refuse('sealed', message, next, { id });
}

export function closedRefusal(id: string) {
  const message = `${shortId(id)} is sealed, and no key on this machine opens it: nobody could be shown what it says.`;
  return refuse('sealed', message, 'Say in your own words what is to be decided: git intercom escalate "…".', { id });
}

export function noKeyRefusal() {
  return refuse(
    'no-key',
    'No person here has a key, so that nothing can be sealed for one.',
    'A person makes one with git intercom key. Or say in the open what may be read by all: git intercom escalate "…".',
  );
}
