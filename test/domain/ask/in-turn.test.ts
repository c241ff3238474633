/** Two agents that only ask each other come to an end; a person, a pause and others in between begin anew. */
import { expect, test } from 'vitest';
import { answeringPauseSeconds, roundsMax } from '../../../src/domain/limits.ts';
import { rename } from '../agent/acts.ts';
import { ack, reply } from '../message/acts.ts';
import { arrive, cloneOf } from '../replay/clones.ts';
import { accepted, refusal, World } from '../world.ts';
import { ask, asked } from './acts.ts';

function worldOfThree(): World {
  const world = new World();
  world.actor('grace', { isPerson: true });
  world.greet('ada', 'bob', 'grace');
  return world;
}

/** An ask that is answered and taken note of. */
function turn(world: World, from: string, to: string): void {
  const { id } = asked(world, from, to);
  const { message } = accepted(reply(world, to, '8080', { reference: id }));
  accepted(ack(world, from, message.id));
  world.pass(1);
}

/** So many asks, by one and the other in turn. */
function turns(world: World, count: number): void {
  for (let n = 0; n < count; n++) turn(world, n % 2 === 0 ? 'ada' : 'bob', n % 2 === 0 ? 'bob' : 'ada');
}

test('agents who ask each other are refused after so many turns, whatever was answered, with the way on', () => {
  const world = worldOfThree();
  turns(world, roundsMax);
  const refused = refusal(ask(world, 'ada', 'bob'));
  expect(refused).toMatchObject({ code: 'ask-limit', data: { asked: 'bob', turnsMax: roundsMax } });
  expect(refused.next).toContain('git intercom escalate');
  expect(world.edits).toEqual([]);
  expect(ask(world, 'ada', 'grace').ok).toBe(true);
});

test('one who asks another again and again takes one turn: that one did not ask', () => {
  const world = worldOfThree();
  for (let n = 0; n < roundsMax * 2; n++) turn(world, 'ada', 'bob');
  expect(ask(world, 'bob', 'ada').ok).toBe(true);
});

test('a person may ask as often as it likes', () => {
  const world = worldOfThree();
  for (let n = 0; n < roundsMax; n++) {
    turn(world, 'grace', 'bob');
    turn(world, 'bob', 'grace');
  }
  expect(ask(world, 'grace', 'bob').ok).toBe(true);
});

test('an agent in no harness, under a name that it was given, is none', () => {
  const world = worldOfThree();
  expect(world.actor('ada').harness).toBeUndefined();
  turns(world, roundsMax);
  expect(ask(world, 'ada', 'bob').ok).toBe(false);
});

test('after a pause they begin anew', () => {
  const world = worldOfThree();
  turns(world, roundsMax);
  world.pass(answeringPauseSeconds);
  expect(ask(world, 'ada', 'bob').ok).toBe(true);
});

test('another name begins nothing anew, nor does another clone', () => {
  const world = worldOfThree();
  turns(world, roundsMax - 1);
  const clone = cloneOf(world);
  turn(clone, 'bob', 'ada');
  arrive(world, clone.commits);
  accepted(rename(world, 'ada', 'eve'));
  expect(refusal(ask(world, 'eve', 'bob')).code).toBe('ask-limit');
});
