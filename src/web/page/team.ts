/** Who is here, what is held, and what was said and done: rows that are only read. */
import { toldWaits } from '../../domain/agent/wait.ts';
import { shortId } from '../../domain/id.ts';
import { listed } from '../../domain/text.ts';
import type { PageState } from '../state.ts';
import { timeOf } from './clock.ts';
import { element, nameOf, namesOf, textIn } from './element.ts';

export type Agent = PageState['agents'][number];
export type Claim = PageState['claims'][number];
export type Place = PageState['waiting'][number];
export type Message = PageState['messages'][number];
export type Event = PageState['log'][number];

export function drawAgent(agent: Agent, self: string): HTMLElement[] {
  const { mail, asks } = agent.open;
  const state = agent.live ? agent.state : agent.left === null ? 'away' : 'left';
  const dot = element('span', `dot ${agent.live ? 'live' : ''}`);
  dot.setAttribute('aria-hidden', 'true');
  const open = [mail > 0 ? `${mail} unread` : '', asks > 0 ? `${asks} to answer` : ''].filter((part) => part !== '');
  const head = element(
    'p',
    'head',
    dot,
    nameOf(agent.name, self),
    textIn('span', 'mark', agent.person && agent.name !== self ? 'person' : ''),
    element('span', `mark ${state}`, state),
    textIn('span', 'mark', open.join(', ')),
  );
  const where = [agent.branch && `on ${agent.branch}`, agent.repository && `in ${agent.repository}`, agent.harness]
    .filter((part) => part)
    .join(', ');
  const seen = element('span', 'aside', 'seen ', timeOf(agent.lastSeen, 'ago'));
  const waits = toldWaits(agent.waitsFor ?? []);
  return parts(
    head,
    textIn('p', 'text', agent.activity ?? agent.description),
    textIn('p', 'waits', waits.length === 0 ? '' : `waits for ${listed(waits, 3)}`),
    element('p', 'foot ends', [where, agent.worktree].filter((part) => part).join(' · '), seen),
  );
}

export function drawClaim(claim: Claim, self: string): HTMLElement[] {
  const state = claim.offeredUntil === null ? claim.expires : claim.offeredUntil;
  const head = element(
    'p',
    'head',
    nameOf(claim.agent, self),
    textIn('span', 'mark', claim.mode === 'shared' ? 'shared' : ''),
    textIn('span', 'mark high', claim.state === 'provisional' ? 'provisional' : ''),
    textIn('span', 'mark high', claim.offeredUntil === null ? '' : 'offered'),
    element('span', 'aside', timeOf(state, 'left')),
  );
  const foot = [claim.branch && `on ${claim.branch}`, shortId(claim.id)].filter((part) => part).join(', ');
  return parts(head, pathsOf(claim.paths), textIn('p', 'text', claim.why), element('p', 'foot', foot));
}

/** A place in the queue stands below what it waits for. */
export function drawPlace(place: Place, self: string): HTMLElement[] {
  const head = element('p', 'head', nameOf(place.agent, self), ' waits since ', timeOf(place.since, 'ago'));
  return parts(head, pathsOf(place.paths), textIn('p', 'text', place.why));
}

export function drawMessage(message: Message, self: string, isUnread: boolean): HTMLElement[] {
  const head = element(
    'p',
    'head',
    nameOf(message.from, self),
    ' to ',
    namesOf(message.to, self),
    textIn('span', 'mark', message.kind === 'message' ? '' : message.kind),
    textIn('span', 'mark high', isUnread ? 'unread' : ''),
    element('span', 'aside', timeOf(message.at, 'ago')),
  );
  const text = message.subject === null ? message.text : `${message.subject}: ${message.text}`;
  return parts(head, element('p', 'text short', text));
}

export function drawEvent(event: Event): HTMLElement[] {
  // The first commit has the same date everywhere.
  const when = event.op === 'open' ? undefined : element('span', 'aside', timeOf(event.at, 'ago'));
  return [element('p', 'event ends', element('span', '', event.summary), when)];
}

function pathsOf(paths: readonly string[]): HTMLElement {
  const shown = paths.slice(0, 8).map((path) => element('code', '', path));
  const more = paths.length > 8 ? [element('span', 'foot', `and ${paths.length - 8} more`)] : [];
  return element('p', 'paths', ...shown, ...more);
}

function parts(...all: readonly (HTMLElement | undefined)[]): HTMLElement[] {
  return all.filter((part) => part !== undefined);
}
