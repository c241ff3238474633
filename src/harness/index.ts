/** The list of harnesses, and the only one. */
import { claudeCode } from './claude-code/index.ts';
import { codex } from './codex/index.ts';
import type { Harness } from './harness.ts';

const harnesses: readonly Harness[] = [claudeCode, codex];

export function harnessNamed(name: string): Harness | undefined {
  return harnesses.find((harness) => harness.name === name);
}
