import { describe, expect, test } from 'vitest';
import { reply, tidy } from '../message/acts.ts';
import { accepted, refusal } from '../world.ts';
import { asked, comeBack, openIn, withThree } from './acts.ts';

describe('records that were made by hand', () => {
  test('what lies in asks and is no ask is left alone, and stops nobody', () => {
    const world = withThree();
    world.putFile('asks/broken', { v: 1, id: 'broken', kind: 'message' });
    const { ask: _ask, ...message } = asked(world, 'ada', 'bob');
    world.putFile('asks/plain', { ...message, id: 'plain', thread: 'plain' });
    world.pass(600);
    const { id } = asked(world, 'cy', 'bob');
    accepted(tidy(world));
    const left = [...world.records.keys()].filter((path) => path.startsWith('asks/'));
    expect(left.sort()).toEqual([`asks/${id}`, 'asks/broken', 'asks/plain'].sort());
    expect(accepted(reply(world, 'bob', '8080')).message.replyTo).toBe(id);
  });

  test('a cycle of others does not loop for ever', () => {
    const world = withThree();
    const first = asked(world, 'bob', 'cy');
    world.putFile('asks/back', { ...first, id: 'back', thread: 'back', agent: 'cy', uid: 'uid-cy', to: ['bob'] });
    asked(world, 'ada', 'bob');
  });

  test('an ask without its message is answered by no reply, and is over in its time', () => {
    const world = withThree();
    const { id } = asked(world, 'ada', 'bob');
    world.put(`messages/${id}`, undefined);
    accepted(reply(world, 'bob', '8080'));
    expect(openIn(world)).toHaveLength(1);
    expect(refusal(comeBack(world, 'ada', id)).code).toBe('unknown-message');
    world.pass(600);
    accepted(tidy(world));
    expect(openIn(world)).toEqual([]);
  });
});
