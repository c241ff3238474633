/** What real harnesses wrote to their hooks, with neutral names and times. */
import { readFileSync } from 'node:fs';
import type { HookInput } from '../../src/harness/harness.ts';

interface Moment {
  readonly moment: string;
  readonly event: string;
  readonly input: HookInput;
}

export function momentsOf(fixture: string): readonly Moment[] {
  const file = new URL(`fixtures/${fixture}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).moments;
}

export function momentOf(fixture: string, name: string): Moment {
  const found = momentsOf(fixture).find(({ moment }) => moment === name);
  if (found === undefined) throw new Error(`the fixture ${fixture} has no moment ${JSON.stringify(name)}`);
  return found;
}
