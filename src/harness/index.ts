/** The list of harnesses, and the only one. */
import { claudeCode, olderClaudeCode } from './claude-code/index.ts';
import { codex } from './codex/index.ts';
import { copilot } from './copilot/index.ts';
import { cursor } from './cursor/index.ts';
import { gemini } from './gemini/index.ts';
import type { Harness } from './harness.ts';
import { opencode } from './opencode/index.ts';
import { pi } from './pi/index.ts';

export const harnesses: readonly Harness[] = [claudeCode, codex, opencode, pi, gemini, copilot, cursor];

export function harnessNamed(name: string): Harness | undefined {
  return [...harnesses, olderClaudeCode].find((harness) => harness.name === name);
}
