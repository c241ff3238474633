/** Completion for zsh, by `_arguments`. Its completion of git calls `_git-intercom` for `git intercom`. */

import { shellQuoted } from '../../domain/shell-word.ts';
import { type Completed, type CompletedCommand, type CompletedOption, globalFlags } from './words.ts';

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef git-intercom
# Completion of git-intercom for zsh. Made by: git-intercom completion zsh

_git-intercom() {
  local curcontext=$curcontext state
  local -a commands
  typeset -A opt_args
  commands=(
${commands.map(({ name, summary }) => `    ${shellQuoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C \\
${specs(globalFlags(), '    ')} \\
    '1: :->command' \\
    '*:: :->words' && return 0
  case $state in
    command) _describe -t commands command commands ;;
    words)
      curcontext="\${curcontext%:*}-$words[1]:"
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _git-intercom ]]; then
  _git-intercom "$@"
else
  compdef _git-intercom git-intercom
fi
`;
}

function commandCase({ name, optionsBehind, takes }: CompletedCommand): string {
  // With an action that only shows a message, zsh would list a single option instead of putting it in.
  const words = shellQuoted(`*:${nameOf(takes)}:${takes === 'text' ? '()' : action(takes)}`);
  const flags = specs(optionsBehind, '            ');
  return [`        ${name})`, '          _arguments \\', `${flags} \\`, `            ${words}`, '          ;;'].join(
    '\n',
  );
}

function specs(options: readonly CompletedOption[], indent: string): string {
  return options.flatMap((option) => option.flags.map((flag) => `${indent}${spec(option, flag)}`)).join(' \\\n');
}

/** `'(-f --follow)'{-f,--follow}…`, a flag at a time; see zshcompsys(1), "_arguments". */
function spec({ flags, many, summary, value }: CompletedOption, flag: string): string {
  const others = many ? '*' : `(${flags.join(' ')})`;
  const described = `[${summary.replace(/[\\[\]]/g, '\\$&')}]`;
  if (value === undefined) return shellQuoted(`${others}${flag}${described}`);
  const joint = flag.startsWith('--') ? '=' : '+';
  const colon = value.optional ? '::' : ':';
  const optional = value.optional ? `${flag}=-` : `${flag}${joint}`;
  return shellQuoted(
    `${others}${optional}${described}${colon}${value.name.replaceAll(':', '\\:')}:${action(value.takes)}`,
  );
}

function nameOf(takes: Completed): string {
  if (takes === 'files') return 'path';
  return typeof takes === 'string' ? 'text' : 'word';
}

function action(takes: Completed): string {
  if (takes === 'files') return '_files';
  if (takes === 'folders') return '_files -/';
  return takes === 'text' ? ' ' : `(${takes.join(' ')})`;
}
