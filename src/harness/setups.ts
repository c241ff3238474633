/** Every harness that can be set up, and the only list. */
import { claudeCodeSetup } from './claude-code/setup.ts';
import { codexSetup } from './codex/setup.ts';
import { copilotSetup } from './copilot/setup.ts';
import { cursorSetup } from './cursor/setup.ts';
import { geminiSetup } from './gemini/setup.ts';
import type { HarnessSetup } from './machine.ts';
import { opencodeSetup } from './opencode/setup.ts';
import { piSetup } from './pi/setup.ts';

export const harnessSetups: readonly HarnessSetup[] = [
  claudeCodeSetup,
  codexSetup,
  opencodeSetup,
  piSetup,
  geminiSetup,
  copilotSetup,
  cursorSetup,
];
