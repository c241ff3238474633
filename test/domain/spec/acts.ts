/** What agents do with specs, by name and in one line each. */
import type { Decision } from '../../../src/domain/decision.ts';
import type { SpecRecord } from '../../../src/domain/record/record.ts';
import { decidePublish, type Published, type PublishIntent } from '../../../src/domain/spec/publish.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { accepted, type World } from '../world.ts';

type Rest = Partial<Omit<PublishIntent, 'name' | 'text'>>;

export function publish(world: World, by: string, name: string, text: string, rest: Rest = {}): Decision<Published> {
  return world.decide(by, (draft, context) => decidePublish(draft, { name, text, ...rest }, context));
}

/** A publish that must be accepted. */
export function published(world: World, by: string, name: string, text: string, rest: Rest = {}): SpecRecord {
  return accepted(publish(world, by, name, text, rest)).spec;
}

export function subscribe(world: World, name: string, ...paths: readonly string[]): void {
  const intent = { add: { paths }, remove: [], removeAll: false };
  accepted(world.decide(name, (draft, context) => decideSubscribe(draft, intent, context)));
}

export function specIn(world: World, name: string): SpecRecord | undefined {
  const record = world.records.get(`specs/${name}`);
  return record?.kind === 'spec' ? record : undefined;
}
