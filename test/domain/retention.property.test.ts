/** Agents talk, take note, ask and put things before a person, and days pass: what tidying takes away, beside a model of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../src/domain/record/record.ts';
import { ask } from './ask/acts.ts';
import { escalate, openIn as openEscalations } from './escalation/acts.ts';
import { ack, reply, send, tidy } from './message/acts.ts';
import { accepted, World } from './world.ts';

const names = ['ada', 'bob', 'cy'] as const;
const who = fc.constantFrom(...names);
const step = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    who,
    to: fc.constantFrom<string>('all', ...names),
    expires: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('reply', 'ack', 'ask', 'escalate'), who, which: fc.nat(20) }),
  fc.record({ do: fc.constantFrom('pass', 'tidy'), days: fc.constantFrom(1, 9, 16) }),
);

const retentionDays = 14;
const dayMs = 86_400_000;

function messagesIn(world: World): MessageRecord[] {
  return [...world.records].flatMap(([path, record]) =>
    path.startsWith('messages/') && record.kind === 'message' ? [record] : [],
  );
}

/** Threads of which each message is old, and none lies anywhere but among the messages. */
function expectedGone(world: World): Set<string> {
  const messages = messagesIn(world);
  const held = new Set(openEscalations(world).map(({ escalation }) => escalation.about));
  for (const path of world.records.keys()) {
    if (/^(inbox|broadcast|asks|escalations)\//.test(path)) held.add(path.slice(path.lastIndexOf('/') + 1));
  }
  const isOver = ({ id, at }: MessageRecord) => !held.has(id) && Date.parse(at) <= world.nowMs - retentionDays * dayMs;
  const going = new Set(messages.filter((each) => !isOver(each)).map(({ thread }) => thread));
  return new Set(messages.filter(({ thread }) => !going.has(thread)).map(({ id }) => id));
}

function act(world: World, each: { do: string; who: string; which: number }): void {
  const messages = messagesIn(world);
  const about = messages[each.which % Math.max(1, messages.length)];
  if (each.do === 'ask') ask(world, each.who, names[each.which % 3] as string);
  else if (about === undefined) return;
  else if (each.do === 'ack') ack(world, each.who, about.id);
  else if (each.do === 'reply') reply(world, each.who, 'so be it', { reference: about.id });
  else escalate(world, each.who, { about: about.id });
}

test('what goes is every thread that is old and that nobody waits for, as a whole, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World({ policy: { threadRetentionDays: retentionDays } });
      world.greet(...names);
      for (const each of steps) {
        if (each.do === 'pass') world.pass(each.days * 86_400);
        else if (each.do === 'send')
          send(world, each.who, each.to, 'text', each.expires ? { expiresInSeconds: 86_400 } : {});
        else if ('which' in each) act(world, each);
        if (each.do !== 'tidy') continue;
        const before = new Set(messagesIn(world).map(({ id }) => id));
        const expected = expectedGone(world);
        accepted(tidy(world));
        const after = new Set(messagesIn(world).map(({ id }) => id));
        expect(new Set([...before].filter((id) => !after.has(id)))).toEqual(expected);
        for (const path of world.records.keys()) {
          if (/^(threads|receipts)\//.test(path)) expect(after).toContain(path.slice(path.lastIndexOf('/') + 1));
        }
      }
    }),
  );
});
