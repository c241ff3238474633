/** What agents say of themselves, by name and in one line each. */
import { decideStatus } from '../../../src/domain/agent/status.ts';
import type { World } from '../world.ts';

/** Where it is accepted, the world knows the agent under its new name from then on. */
export function rename(world: World, from: string, to: string) {
  const { uid } = world.actor(from);
  const decision = world.decide(from, (draft, context) => decideStatus(draft, { name: to }, context));
  if (decision.ok) world.actor(to, { uid });
  return decision;
}
