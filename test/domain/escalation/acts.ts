/** What agents and persons do about escalations, by name and in one line each. */
import { decideEscalate, type Escalated, type EscalateIntent } from '../../../src/domain/escalation/escalate.ts';
import { type Escalation, isEscalation } from '../../../src/domain/escalation/open.ts';
import { accepted, World } from '../world.ts';

/** Two agents, `fox` in a harness and `owl` named by word, and the persons who are named. */
export function withAgents(...persons: readonly string[]): World {
  const world = new World();
  world.actor('fox', { harness: 'claude-code' });
  for (const name of persons) world.actor(name, { isPerson: true });
  world.greet('fox', 'owl', ...persons);
  return world;
}

export function escalate(world: World, name: string, intent: EscalateIntent) {
  return world.decide(name, (draft, context) => decideEscalate(draft, intent, context));
}

/** One that must be accepted. */
export function escalated(world: World, name: string, intent: EscalateIntent): Escalated['message'] {
  return accepted(escalate(world, name, intent)).message;
}

/** What lies in `escalations`. */
export function openIn(world: World): Escalation[] {
  return [...world.records].flatMap(([path, record]) =>
    path.startsWith('escalations/') && isEscalation(record) ? [record] : [],
  );
}
