/**
 * The lines of shell that call us. Where the launcher is gone they do nothing, and only a refusal (exit code 1) stops
 * git: no other end of ours does.
 */
import { join, relative, sep } from 'node:path';
import { shellQuoted } from '../../domain/shell-word.ts';
import type { HookRepository } from './repository.ts';

/** The launcher as the shell finds it: in a file that the team shares, by everybody's own data folder. */
export function launcherWord({ launcher, top, commonDir }: HookRepository, file: string): string {
  const isShared = isBelow(file, top) && !isBelow(file, commonDir);
  return isShared ? `"\${XDG_DATA_HOME:-$HOME/.local/share}/git-intercom/launch"` : shellQuoted(launcher);
}

/** For a script that git starts as this hook; `names` are the hooks of ours that it stands for. */
export function hookLines(names: readonly string[], launcher: string): string {
  return names.map((name) => (name === 'pre-push' ? pushLines(launcher) : line(name, launcher))).join('');
}

function line(name: string, launcher: string): string {
  const args = name === 'pre-commit' ? '' : ' "$@"';
  return `if [ -x ${launcher} ]; then ${launcher} hook git ${name}${args} || [ $? -ne 1 ] || exit 1; fi\n`;
}

/** What git says on the standard input is for those behind us, too. */
function pushLines(launcher: string): string {
  return `if [ -x ${launcher} ]; then
  git_intercom_refs=$(cat)
  printf '%s\\n' "$git_intercom_refs" | ${launcher} hook git pre-push "$@" || [ $? -ne 1 ] || exit 1
  if [ -z "$git_intercom_refs" ]; then exec </dev/null; else exec <<git_intercom_refs
$git_intercom_refs
git_intercom_refs
  fi
fi
`;
}

/** As one command, for those who put arguments behind it. */
export function hookCommand(name: string, launcher: string): string {
  return `f() { [ ! -x ${launcher} ] || ${launcher} hook git ${name} "$@" || [ $? -ne 1 ]; }; f`;
}

export function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && join(folder, path) === file;
}
