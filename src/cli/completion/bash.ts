/**
 * Completion for bash, from 3.2 on, which macOS has: no associative arrays, no mapfile, and compopt only where it is.
 * git's own completion calls `_git_intercom` for `git intercom`, with the words in variables of its own.
 */
import { type Completed, type CompletedCommand, type CompletedOption, flagsWithValue, globalFlags } from './words.ts';

export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = [
    ...globalFlags().flatMap((option) => valueCase("*' ", option)),
    ...commands.flatMap(({ name, options }) => options.flatMap((option) => valueCase(`'${name} `, option))),
  ];
  return `# Completion of git-intercom for bash. Made by: git-intercom completion bash

# The reply stays empty, and the shell offers no files instead.
__git_intercom_text() {
  compopt +o default +o bashdefault 2> /dev/null
}

# Puts those of the words given that begin with what is typed into the reply.
__git_intercom_offer() {
  local word
  for word in $1; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word$space"); fi
  done
  __git_intercom_text
}

# The reply stays empty, and the shell offers files instead.
__git_intercom_files() {
  compopt -o default -o filenames 2> /dev/null
}

__git_intercom_folders() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -d -- "$cur"))
  compopt -o filenames 2> /dev/null
}

# What may stand after an option that wants a value; fails for any other.
__git_intercom_value() {
  case "$command $1" in
${indented(values)}
    *) return 1 ;;
  esac
}

# Completes words[cword]. The words of the command begin at $1.
__git_intercom() {
  local n command= option=
  for ((n = $1; n < cword; n++)); do
    case \${words[n]} in
      ${flagsWithValue(globalFlags()).join(' | ')}) n=$((n + 1)) ;;
      -*) ;;
      *)
        command=\${words[n]}
        break
        ;;
    esac
  done
  COMPREPLY=()
  cur=\${words[cword]}
  case $cur in
    --*=*)
      option=\${cur%%=*}
      cur=\${cur#*=}
      if ! __git_intercom_value "$option"; then __git_intercom_text; fi
      return
      ;;
  esac
  if ((cword > $1)) && __git_intercom_value "\${words[cword - 1]}"; then return; fi
  case "$command $cur" in
    ' -'*) __git_intercom_offer '${flagsOf(globalFlags())}' ;;
    ' '*) __git_intercom_offer '${names}' ;;
${indented(commands.map(optionCase))}
${indented(commands.flatMap(wordCase))}
    *) __git_intercom_text ;;
  esac
}

# git intercom: git completes with nospace, so a word that is whole brings its space along.
_git_intercom() {
  local n space=' '
  for ((n = \${__git_cmd_idx:-0}; n < cword; n++)); do
    if [[ \${words[n]} == intercom ]]; then break; fi
  done
  __git_intercom $((n + 1))
}

# git-intercom: bash splits --option=value at the sign, which is undone here.
_git_intercom_itself() {
  local n cur cword space= glue=
  local -a words
  for ((n = 0; n <= COMP_CWORD; n++)); do
    if [[ -n $glue || \${COMP_WORDS[n]} == = ]] && ((n > 0)); then
      words[\${#words[@]} - 1]+=\${COMP_WORDS[n]}
    else
      words[\${#words[@]}]=\${COMP_WORDS[n]}
    fi
    glue=
    if [[ \${COMP_WORDS[n]} == = ]]; then glue=1; fi
  done
  cword=$((\${#words[@]} - 1))
  __git_intercom 1
}

complete -o bashdefault -o default -F _git_intercom_itself git-intercom
`;
}

/** `start` is the pattern of the command, with its quote left open. */
function valueCase(start: string, { flags, value }: CompletedOption): string[] {
  if (value === undefined || value.optional) return [];
  return [`${flags.map((flag) => `${start}${flag}'`).join(' | ')}) ${offer(value.takes)} ;;`];
}

function optionCase({ name, optionsBehind }: CompletedCommand): string {
  return `'${name} -'*) __git_intercom_offer '${flagsOf(optionsBehind)}' ;;`;
}

function flagsOf(options: readonly CompletedOption[]): string {
  return options.flatMap(({ flags }) => flags).join(' ');
}

function wordCase({ name, takes }: CompletedCommand): string[] {
  return takes === 'text' ? [] : [`'${name} '*) ${offer(takes)} ;;`];
}

function offer(takes: Completed): string {
  return typeof takes === 'string' ? `__git_intercom_${takes}` : `__git_intercom_offer '${takes.join(' ')}'`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}
