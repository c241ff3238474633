/** What agents do with asks, by name and in one line each. */
import { type AskIntent, decideAsk } from '../../../src/domain/ask/ask.ts';
import { decideAwait } from '../../../src/domain/ask/await.ts';
import { decideCancel } from '../../../src/domain/ask/cancel.ts';
import { type Ask, isAsk } from '../../../src/domain/ask/open.ts';
import { accepted, World } from '../world.ts';

type Rest = Partial<Omit<AskIntent, 'to'>>;

export function ask(world: World, name: string, to: string, rest: Rest = {}) {
  const intent = { to, text: 'which port?', waitSeconds: 0, ...rest };
  return world.decide(name, (draft, context) => decideAsk(draft, intent, context));
}

/** An ask that must be accepted. */
export function asked(world: World, name: string, to: string, rest: Rest = {}): Ask {
  return accepted(ask(world, name, to, rest)).ask;
}

export function comeBack(world: World, name: string, id: string) {
  return world.decide(name, (draft, context) => decideAwait(draft, { id }, context));
}

export function cancel(world: World, name: string, id: string) {
  return world.decide(name, (draft, context) => decideCancel(draft, { id }, context));
}

/** What lies in `asks`, by id. */
export function openIn(world: World): Ask[] {
  return [...world.records].flatMap(([path, record]) => (path.startsWith('asks/') && isAsk(record) ? [record] : []));
}

/** How it stands by its own message. */
export function stateOf(world: World, id: string): 'open' | 'answered' | 'cancelled' | 'over' {
  const message = world.message(id);
  if (message?.ask?.answer !== undefined) return 'answered';
  if (message?.ask?.cancelled !== undefined) return 'cancelled';
  return world.records.has(`asks/${id}`) ? 'open' : 'over';
}

export function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}
