/** Names that are typed: of recipients, and of whom mail is looked for. */
import { describe, expect, test } from 'vitest';
import { unknownName } from '../../../src/domain/message/recipients.ts';
import { rename } from '../agent/acts.ts';
import { accepted, refusal, World } from '../world.ts';
import { send } from './acts.ts';

describe('a message', () => {
  test.each([
    ['all', 'bob'],
    ['bob', 'all'],
  ])('to %s and %s goes to nobody, and says that all goes alone', (...to) => {
    const world = new World();
    world.greet('ada', 'bob');
    expect(refusal(send(world, 'ada', to, 'hello'))).toMatchObject({
      code: 'unknown-recipient',
      message: 'all is everybody, and goes alone: not with bob.',
      data: { unknown: ['all'] },
    });
    expect(accepted(send(world, 'ada', ['all', 'all'], 'hello')).message.audience).toBe('all');
  });
});

describe('a name by which nothing was found', () => {
  test('is refused where nobody has it or had it, with those that are near', () => {
    const world = new World();
    world.greet('ada', 'bob');
    accepted(rename(world, 'bob', 'owl'));
    const why = (typed: string) => unknownName(typed, [...world.records.values()], 'ada');
    for (const known of ['ada', 'owl', 'bob']) expect(why(known)).toBeUndefined();
    expect(why('olw')).toMatchObject({ code: 'unknown-agent', data: { unknown: ['olw'], nearest: ['owl'] } });
  });

  test('of a ghost is as one of nobody, but to itself', () => {
    const world = new World();
    world.greet('ada', 'owl');
    const ghost = { ...world.agent('owl'), visibility: 'ghost' };
    const records = [world.agent('ada'), ghost] as never;
    expect(unknownName('owl', records, 'ada')).toMatchObject({ code: 'unknown-agent', data: { nearest: [] } });
    expect(unknownName('owl', records, 'owl')).toBeUndefined();
  });
});
