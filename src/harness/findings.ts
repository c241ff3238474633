/** What only the harness knows of its set-up: whether the person switched it off, or has yet to agree. */
import type { Finding } from '../store/port.ts';
import { claudeSettings, isSwitchedOff } from './claude-code/setup.ts';
import { programIn } from './launcher.ts';
import type { Machine } from './machine.ts';

type Read = (file: string) => string | undefined;

/** The program that harnesses start may have moved: npx keeps it in a cache, and a version manager in a folder of a version. */
export function programFindings({ launcher, hasFile }: Machine, read: Read): Finding[] {
  const program = programIn(read(launcher) ?? '');
  if (program === undefined || hasFile(program)) return [];
  return [
    {
      level: 'error',
      what: `The harnesses start ${program}, which is gone: edits go through unchecked.`,
      next: 'Install git-intercom for good (npm install --global git-intercom), then run git intercom init --yes.',
    },
  ];
}

export function harnessFindings(names: readonly string[], machine: Machine, read: Read): Finding[] {
  const findings: Finding[] = [];
  if (names.includes('claude-code') && isSwitchedOff(parsed(read(claudeSettings(machine))))) {
    const next = 'Run claude plugin enable intercom@git-intercom, or git intercom remove.';
    findings.push({ level: 'warning', what: 'The plugin intercom is switched off in Claude Code.', next });
  }
  if (names.includes('codex')) {
    const what =
      'Codex runs the hooks of git-intercom once you have approved them; it does not tell us whether you did.';
    findings.push({ level: 'info', what, next: 'Look at /hooks in Codex.' });
  }
  return findings;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
