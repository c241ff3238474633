/** Whatever several agents publish and subscribe to: against lists of texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { publish, specIn, subscribe } from './acts.ts';

const names = ['ada', 'bob', 'cy'] as const;
const step = fc.record({
  who: fc.constantFrom(...names),
  spec: fc.constantFrom('api', 'wire'),
  do: fc.oneof(
    fc.record({
      text: fc.constantFrom('one\n', 'two\n', 'two\nthree\n', ''),
      base: fc.option(fc.nat(4), { nil: undefined }),
    }),
    fc.constant('subscribe' as const),
  ),
});

test('versions count up by one, a base that has moved is refused, and each version is told once to each subscriber', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
      const world = new World();
      world.greet(...names);
      const versions = new Map<string, string[]>();
      const subscribed = new Map<string, Set<string>>();
      const told = new Map<string, string[]>();
      for (const { who, spec, do: act } of steps) {
        const texts = versions.get(spec) ?? [];
        const readers = subscribed.get(spec) ?? new Set();
        if (act === 'subscribe') {
          const known = [...subscribed].filter(([, agents]) => agents.has(who)).map(([name]) => `spec:${name}`);
          subscribe(world, who, ...known, `spec:${spec}`);
          subscribed.set(spec, readers.add(who));
          continue;
        }
        const decision = publish(world, who, spec, act.text, { base: act.base });
        const isSame = texts.at(-1) === act.text;
        if (!isSame && act.base !== undefined && act.base !== texts.length) {
          expect(refusal(decision)).toMatchObject({ code: 'spec-moved', data: { version: texts.length } });
          continue;
        }
        expect(accepted(decision).isNew).toBe(!isSame);
        if (isSame) continue;
        versions.set(spec, [...texts, act.text]);
        for (const reader of readers) {
          if (reader === who) continue;
          const subject = `${who} published version ${texts.length + 1} of the spec ${spec}`;
          told.set(reader, [...(told.get(reader) ?? []), subject]);
        }
      }
      for (const spec of ['api', 'wire']) {
        const texts = versions.get(spec) ?? [];
        expect(specIn(world, spec)?.version ?? 0).toBe(texts.length);
        expect(specIn(world, spec)?.text).toBe(texts.at(-1));
      }
      for (const name of names) expect(world.notices(name).sort()).toEqual((told.get(name) ?? []).sort());
    }),
  );
});
