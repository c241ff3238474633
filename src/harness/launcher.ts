/** The script through which every harness starts us, and how it is written in their files. */
import { shellQuoted, shellWord } from '../domain/shell-word.ts';
import type { OwnFileStep } from '../setup/step.ts';
import type { Machine } from './machine.ts';

export function launcherStep({ launcher, program, shipped }: Machine): OwnFileStep {
  const text = (shipped['launcher.sh'] ?? '')
    .replace('@NODE@', () => shellQuoted(program.node))
    .replace('@PROGRAM@', () => shellQuoted(program.file));
  return { kind: 'file', file: launcher, text, isExecutable: true, isPrivate: true };
}

/** The program that a launcher was written for; undefined where the text is none. */
export function programIn(launcherText: string): string | undefined {
  const word = /^program=(.+)$/m.exec(launcherText)?.[1];
  return word === undefined ? undefined : unquoted(word);
}

/** A line of shell that asks us about an event. It is short and never changes: Codex trusts a hook by its text. */
export function hookLine({ launcher }: Machine, harness: string, event: string): string {
  return `${shellWord(launcher)} hook ${harness} ${event}`;
}

/** A shipped file with its marks filled in, for JSON or JavaScript: both escape texts alike. */
export function filled(machine: Machine, path: string): string {
  const inner = (text: string) => JSON.stringify(text).slice(1, -1);
  return (machine.shipped[path] ?? '')
    .replaceAll('@LAUNCHER@', () => inner(machine.launcher))
    .replaceAll('@LAUNCHER_WORD@', () => inner(shellWord(machine.launcher)))
    .replaceAll('@VERSION@', () => inner(machine.program.version));
}

function unquoted(word: string): string {
  return word.replace(/^'|'$/g, '').replaceAll(`'\\''`, "'");
}
