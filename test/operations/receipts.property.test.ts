/** Agents send, look, take note and take other names in any order: receipts say who and when, as plain maps of instants do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

const names = ['ada', 'bob', 'cy'] as const;
const who = fc.constantFrom(...names);
const to: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.subarray([...names], { minLength: 1 }),
  fc.constantFrom(['all'], ['@ops']),
);
const step = fc.record({
  do: fc.constantFrom('send', 'send', 'look', 'rename', 'take note of all', 'take note'),
  who,
  to,
  which: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Sent {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly isNamed: boolean;
  readonly seen: Map<string, number>;
  readonly noted: Map<string, number>;
}

/** Who is called what, by the name that each began with. */
type Called = Map<string, string>;

const lastMinute = 55;

test('a receipt has everybody who saw a message and who took note of it, each with the first instant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const place = new Place();
      const called: Called = new Map(names.map((name) => [name, name]));
      for (const name of names) await place.as(name, 0, (it) => it.status({ activity: 'here' }));
      await place.as('ada', 0, async (ada) => doneBy(await ada.room({ action: 'create', room: 'ops' })));
      for (const name of ['bob', 'cy']) await place.as(name, 0, (it) => it.room({ action: 'join', room: 'ops' }));
      const sent: Sent[] = [];
      for (const [n, each] of steps.entries()) await take(place, { each, minute: n + 1, sent, called });
      // Who saw something says so with the next act.
      for (const name of names) await place.as(name, lastMinute, (it) => it.status({ activity: 'there' }));
      for (const one of sent) await compare(place, one);
    }),
    { numRuns: 10 },
  );
});

interface Turn {
  readonly each: Step;
  readonly minute: number;
  readonly sent: Sent[];
  readonly called: Called;
}

async function take(place: Place, { each, minute, sent, called }: Turn): Promise<void> {
  const { who } = each;
  const open = sent.filter((one) => one.to.includes(who) && !one.noted.has(who));
  const see = (some: readonly Sent[]) => {
    for (const one of some) if (!one.seen.has(who)) one.seen.set(who, minute);
  };
  // Who takes note of it has seen it.
  const note = (some: readonly Sent[]) => {
    see(some);
    for (const one of some) one.noted.set(who, minute);
  };
  await place.as(who, minute, async (it) => {
    if (each.do === 'send') {
      const isToAll = each.to.some((name) => /^(all|@ops)$/.test(name));
      const typed = each.to.map((name) => called.get(name) ?? name);
      const { message } = doneBy(await it.send({ to: [...typed], text: `at ${minute}` }));
      const readers = isToAll ? names.filter((name) => name !== who) : each.to;
      sent.push({ id: message.id, from: who, to: readers, isNamed: !isToAll, seen: new Map(), noted: new Map() });
    } else if (each.do === 'look') {
      doneBy(await it.peek({}));
      see(open);
    } else if (each.do === 'rename') {
      const name = `${who}-at-${minute}`;
      doneBy(await it.status({ name }));
      called.set(who, name);
    } else if (each.do === 'take note of all') {
      doneBy(await it.ack({ all: true }));
      note(open);
    } else {
      const one = open[each.which % Math.max(1, open.length)];
      if (one === undefined) return;
      doneBy(await it.ack({ ids: [one.id] }));
      note([one]);
    }
  });
}

async function compare(place: Place, { id, from, to, isNamed, seen, noted }: Sent): Promise<void> {
  const found = doneBy(await place.as(from, lastMinute, (it) => it.receipts({ id })));
  const marks = (of: ReadonlyMap<string, number>) => [...of].map(([name, minute]) => `${name} ${at(minute)}`);
  const told = (of: readonly { agent: string; at: string }[]) => of.map(({ agent, at }) => `${first(agent)} ${at}`);
  expect(told(found.delivered).sort()).toEqual(marks(seen).sort());
  expect(told(found.acknowledged).sort()).toEqual(marks(noted).sort());
  expect(found.state).toBe(to.every((name) => noted.has(name)) ? 'acknowledged' : 'pending');
  if (isNamed) expect(found.waiting.map(first).sort()).toEqual(to.filter((name) => !seen.has(name)).sort());
}

function at(minute: number): string {
  return `2026-03-01T09:${String(minute).padStart(2, '0')}:00.000Z`;
}

/** Once a message is over, its marks keep the names of that time. */
function first(name: string): string {
  return name.split('-at-')[0] ?? name;
}
