/** Random senders, readers and importances against the plain count of what lies unread from whom at whom. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { World } from '../world.ts';
import { ack, send, sent } from './acts.ts';

const names = ['ada', 'bob', 'eve'] as const;
const most = 3;
const name = fc.constantFrom(...names);
const importance = fc.constantFrom('low', 'normal', 'high', 'urgent' as const);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('send' as const), from: name, to: name, importance }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('replace' as const), from: name, to: name }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('ack' as const), from: name, to: name }) },
);

test('a sender is refused at the bound of that recipient alone, and importance changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World({ policy: { inboxPerSender: most } });
      world.greet(...names);
      /** Ids of what lies unread, oldest first, by `from to`. */
      const unread = new Map<string, string[]>();
      for (const { from, to, ...rest } of steps) {
        const pair = `${from} ${to}`;
        const known = unread.get(pair) ?? [];
        const last = known.at(-1);
        if (rest.act === 'ack') {
          const mail = unread.get(`${to} ${from}`) ?? [];
          if (mail.length > 0) ack(world, from, mail.splice(0, 1));
        } else if (rest.act === 'replace' && last !== undefined) {
          const message = sent(world, from, to, 'instead', { supersedes: last });
          unread.set(pair, [...known.slice(0, -1), message.id]);
        } else {
          const decision = send(world, from, to, 'hello', rest.act === 'send' ? { importance: rest.importance } : {});
          expect(decision.ok).toBe(known.length < most);
          if (decision.ok) unread.set(pair, [...known, decision.result.message.id]);
          else expect(decision.refusal).toMatchObject({ code: 'inbox-full', data: { recipients: [to], latest: last } });
        }
      }
    }),
  );
});
