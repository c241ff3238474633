/** The skill, where harnesses other than Claude Code read skills; there it comes with the plugin. */
import { join } from 'node:path';
import type { OwnFileStep } from '../setup/step.ts';
import { filled } from './launcher.ts';
import type { Machine } from './machine.ts';

/** One file for all of them: the second harness finds it there. */
export function skillStep(machine: Machine): OwnFileStep {
  return {
    kind: 'file',
    file: join(machine.home, '.agents', 'skills', 'intercom', 'SKILL.md'),
    text: filled(machine, 'claude/intercom/skills/intercom/SKILL.md'),
  };
}
