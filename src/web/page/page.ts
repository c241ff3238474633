/** The page: draws each state that comes, and keeps what the reader is about. */
import type { PageState } from '../state.ts';
import { send } from './act.ts';
import { card, type Doing, type Waiting } from './card.ts';
import { setClock, tick } from './clock.ts';
import { listen } from './connection.ts';
import { byId } from './element.ts';
import { plainRow, type Row, Rows } from './rows.ts';
import {
  type Agent,
  type Claim,
  drawAgent,
  drawClaim,
  drawEvent,
  drawMessage,
  drawPlace,
  type Message,
  type Place,
} from './team.ts';

const reader = { self: '', isOnlyShown: false };
let unread: ReadonlySet<string> = new Set();
let shownMail: readonly string[] = [];
let isFirst = true;

const answer: Doing = { act: 'reply', label: 'Answer' };
const none = {
  escalations: 'Nothing waits for a person.',
  asks: 'Nobody waits for your answer.',
  mail: 'All is read.',
};

function cards<T extends Waiting>(id: keyof typeof none, doings: readonly Doing[]): Rows<T> {
  const parts = {
    keyOf: (item: T) => item.id,
    make: (item: T) => card<T>(id, doingsFor(item, doings), reader)(item),
    none: none[id],
  };
  return new Rows<T>(byId(id), parts);
}

/** What one asked oneself is answered by others. */
function doingsFor(item: Waiting, doings: readonly Doing[]): readonly Doing[] {
  return 'decision' in item && !item.to.includes(reader.self) ? [] : doings;
}

const escalations = cards<PageState['escalations'][number]>('escalations', [
  answer,
  { act: 'done', label: 'Done, without an answer' },
]);
const asks = cards<PageState['asks'][number]>('asks', [answer]);
const mail = cards<PageState['mail'][number]>('mail', [
  { act: 'reply', label: 'Reply' },
  { act: 'ack', label: 'Acknowledge' },
  { act: 'done', label: 'Done' },
]);

function list<T>(id: string, none: string, keyOf: (item: T) => string, make: () => Row<T>): Rows<T> {
  return new Rows<T>(byId(id), { keyOf, make, none });
}

const agents = list<Agent>(
  'agents',
  'Nobody is here yet.',
  ({ uid }) => uid,
  plainRow('li', (agent) => drawAgent(agent, reader.self)),
);
const claims = list<Claim | Place>(
  'claims',
  'Nothing is claimed.',
  ({ id }) => id,
  plainRow('li', (item, node) => {
    const isPlace = 'ticket' in item;
    node.className = isPlace ? 'place' : '';
    return isPlace ? drawPlace(item, reader.self) : drawClaim(item, reader.self);
  }),
);
const messages = list<Message & { isUnread: boolean }>(
  'messages',
  'Nobody has said anything else yet.',
  ({ id }) => id,
  plainRow('li', (message) => drawMessage(message, reader.self, message.isUnread)),
);
const log = list<PageState['log'][number]>('log', 'Nothing yet.', ({ oid }) => oid, plainRow('li', drawEvent));

function show(state: PageState): void {
  Object.assign(reader, { self: state.self, isOnlyShown: state.isOnlyShown });
  unread = new Set(state.unread);
  setClock(state.now);
  byId('place').textContent = `${state.place}, branch ${state.branch}, as ${state.self}`;
  const raised = escalations.show(state.escalations);
  if (!isFirst) for (const { from, text } of raised) byId('heard').append(`${from} waits for a person: ${text}. `);
  asks.show(state.asks);
  mail.show(state.mail);
  shownMail = state.mail.map(({ id }) => id);
  ackAll.hidden = state.isOnlyShown || shownMail.length < 2;
  ackAll.textContent = `Acknowledge all ${shownMail.length}`;
  agents.show(state.agents);
  claims.show([...state.claims, ...state.waiting]);
  const above = new Set([...state.escalations, ...state.asks, ...state.mail].map(({ id }) => id));
  const others = state.messages.filter(({ id }) => !above.has(id));
  messages.show(others.map((message) => ({ ...message, isUnread: unread.has(message.id) })));
  log.show(state.log);
  heads(state);
  setLink('live', 'live');
  notice(whyNotAll(state));
  isFirst = false;
}

function heads({ escalations, asks, mail, more, agents, claims, waiting, self }: PageState): void {
  const head = (id: string, name: string, count: number, what = '') => {
    byId(`${id}-head`).textContent = count === 0 ? name : `${name}, ${count}${what}`;
  };
  const forYou = asks.filter(({ to }) => to.includes(self)).length;
  head('waiting', 'Waiting for a person', escalations.length);
  head('asks', 'Asks', forYou, ' for you');
  head('mail', 'Unread for you', mail.length + more.mail, more.mail > 0 ? `, the first ${mail.length} below` : '');
  head('agents', 'Agents', agents.filter(({ live }) => live).length, ' live');
  const places = waiting.length + more.waiting;
  head('claims', 'Claims', claims.length + more.claims, places > 0 ? `, ${places} waiting` : '');
  byId('waiting').classList.toggle('urgent', escalations.length > 0);
  const count = escalations.length + forYou + mail.length + more.mail;
  document.title = `${count > 0 ? `(${count}) ` : ''}git-intercom`;
}

function whyNotAll({ isOnlyShown, isOpen, self }: PageState): string {
  if (!isOpen) return 'There is no coordination here yet: run git intercom start.';
  return isOnlyShown
    ? `The agent ${self} opened this page, so that nothing can be answered on it: run git intercom ui yourself.`
    : '';
}

function notice(text: string): void {
  const shown = byId('notice');
  if (shown.textContent !== text) shown.textContent = text;
  shown.hidden = text === '';
}

function setLink(how: 'live' | 'lost', text: string): void {
  byId('link').className = how;
  if (byId('link').textContent !== text) byId('link').textContent = text;
}

const ackAll = byId('ack-all');
ackAll.addEventListener('click', () => void send({ act: 'ack', ids: shownMail }));

listen({
  onState: show,
  onTrouble: ({ message, next }) => notice(`${message} ${next}`),
  onLost: (why) => {
    setLink('lost', 'no connection');
    notice(
      why === 'another'
        ? 'The server was started again: open the address that it printed. What you see here is old.'
        : 'The server cannot be reached: is git intercom ui still running? What you see here may be old.',
    );
  },
});
setInterval(tick, 1_000);
