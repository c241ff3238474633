/** Agents and persons raise, answer, take note and complete as they like, beside a model of what is open. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEscalationsMax } from '../../../src/domain/limits.ts';
import { ack, done, reply, sent, tidy } from '../message/acts.ts';
import { accepted } from '../world.ts';
import { escalate, openIn, withAgents } from './acts.ts';

const agents = ['fox', 'owl'];
const everybody = [...agents, 'dave', 'eve'];
const who = fc.constantFrom(...everybody);
const which = fc.nat(30);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('escalate' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), who, to: who }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('about', 'reply', 'reply to all', 'ack', 'done'), who, which }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reply to the one' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
);

interface Raised {
  readonly id: string;
  readonly by: string;
  readonly about: string | undefined;
  isOpen: boolean;
}

function idsIn(list: unknown): string[] {
  return (list as readonly { id: string }[]).map(({ id }) => id);
}

test('what is open is closed by a person alone, and never gone otherwise', () => {
  const seen = new Map<string, number>();
  const count = (outcome: string) => seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = withAgents('dave', 'eve');
      const raised: Raised[] = [];
      const messages: string[] = [];
      const open = () => raised.filter(({ isOpen }) => isOpen);
      const senders = new Map<string, string>();
      const close = (id: string, isTold: (by: string) => boolean) => {
        const about = raised.find((each) => each.id === id)?.about;
        const isMeant = (each: Raised) =>
          each.id === id || each.about === id || (about !== undefined && (each.about === about || each.id === about));
        for (const each of open()) {
          const isAnswered = each.about === id && isTold(senders.get(id) ?? '');
          if (isMeant(each) && (isTold(each.by) || isAnswered)) each.isOpen = false;
        }
      };
      const add = (by: string, intent: { text?: string; about?: string }) => {
        const decision = escalate(world, by, intent);
        if (!decision.ok) {
          const isFull = open().filter((each) => each.by === by).length >= openEscalationsMax;
          expect(decision.refusal.code).toBe(isFull ? 'too-many' : 'unknown-message');
        } else if (decision.result.isNew) {
          const { id } = decision.result.message;
          raised.push({ id, by, about: intent.about, isOpen: true });
          messages.push(id);
          senders.set(id, by);
        }
      };
      /** Without an id: what waits for a person is meant before what is unread. */
      const replyToTheOne = (by: string) => {
        const waiting = agents.includes(by) ? [] : open().filter((one) => one.by !== by);
        const unread = world.unread(by).map(({ id }) => id);
        const decision = reply(world, by, 'so be it');
        const meant = waiting.length > 0 ? waiting.map(({ id }) => id) : unread;
        count(decision.ok ? (waiting.length > 0 ? 'the one escalation' : 'the one message') : decision.refusal.code);
        if (!decision.ok) {
          const isUnclear = meant.length > 1;
          expect(decision.refusal.code).toBe(isUnclear ? 'ambiguous' : 'nothing-to-reply');
          if (isUnclear)
            expect(idsIn(decision.refusal.data[waiting.length > 0 ? 'escalations' : 'unread'])).toEqual(meant);
          return;
        }
        const { message, settled } = decision.result;
        expect(meant).toEqual([message.replyTo]);
        messages.push(message.id);
        senders.set(message.id, by);
        const before = open().map(({ id }) => id);
        if (!agents.includes(by)) close(message.replyTo ?? '', (raiser) => [by, ...message.to].includes(raiser));
        const after = new Set(open().map(({ id }) => id));
        expect(idsIn(settled)).toEqual(before.filter((id) => !after.has(id)));
      };
      for (const each of steps) {
        world.pass(3600);
        if (each.do === 'tidy') accepted(tidy(world));
        else if (each.do === 'reply to the one') replyToTheOne(each.who);
        else if (each.do === 'send') {
          const { id } = sent(world, each.who, each.to, 'hello');
          messages.push(id);
          senders.set(id, each.who);
        } else if (each.do === 'escalate') add(each.who, { text: 'may I?' });
        else {
          const id = messages[each.which % Math.max(1, messages.length)];
          if (id === undefined) continue;
          const isPerson = !agents.includes(each.who);
          if (each.do === 'about') add(each.who, { about: id });
          else if (each.do === 'ack') ack(world, each.who, id);
          else if (each.do === 'done') {
            const wasOpen = open().some((one) => one.id === id);
            const decision = done(world, each.who, id);
            if (!isPerson && wasOpen) expect(decision.ok).toBe(false);
            if (isPerson && wasOpen) expect(decision.ok).toBe(true);
            if (decision.ok && isPerson) close(id, () => true);
          } else {
            const to = each.do === 'reply' ? undefined : everybody;
            const decision = reply(world, each.who, 'so be it', { reference: id, to });
            if (!decision.ok) continue;
            messages.push(decision.result.message.id);
            senders.set(decision.result.message.id, each.who);
            const reached = [each.who, ...decision.result.message.to];
            if (isPerson) close(id, (by) => reached.includes(by));
          }
        }
        const ids = (list: readonly { id: string }[]) => list.map((one) => one.id).sort();
        expect(ids(openIn(world))).toEqual(ids(open()));
        for (const one of raised) {
          expect(world.message(one.id)?.escalation?.closed === undefined).toBe(one.isOpen);
          const { by } = world.message(one.id)?.escalation ?? {};
          if (by !== undefined) expect(agents).not.toContain(by);
        }
      }
    }),
    { numRuns: 400 },
  );
  // A walk that never gets there proves nothing.
  for (const outcome of ['the one escalation', 'the one message', 'ambiguous', 'nothing-to-reply'])
    expect(seen.get(outcome), outcome).toBeGreaterThan(0);
});
