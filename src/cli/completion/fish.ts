/**
 * Completion for fish, from 3.1 on. For `git intercom` it asks itself what stands after `git-intercom`: fish's own
 * completion of git wants to do so for every git-* program, and version 3.6 does not find them.
 */
import { type Completed, type CompletedCommand, type CompletedOption, flagsWithValue, globalFlags } from './words.ts';

export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = [
    ...globalFlags().map((option) => ['complete -c git-intercom', ...optionWords(option)].join(' ')),
    ...commands.map(({ name, summary }) => rule('test -z (__git_intercom_command)', '-a', name, '-d', quoted(summary))),
    ...commands.flatMap(ofCommand),
  ];
  return `# Completion of git-intercom for fish. Made by: git-intercom completion fish

# The command among the words before the cursor, or an empty line.
function __git_intercom_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case ${flagsWithValue(globalFlags()).join(' ')}
                set skip 1
            case '-*'
            case '*'
                echo $word
                return
        end
    end
    echo ''
end

# The words after \`git intercom\`, for the completion of git.
function __git_intercom_after_git
    set -l words (commandline -opc)
    set -l at (contains -i -- intercom $words)
    or return
    set -e words[1..$at]
    complete -C "git-intercom "(string join ' ' -- (string escape -- $words) '')(commandline -ct)
end

complete -c git -f -n '__fish_git_using_command intercom' -a '(__git_intercom_after_git)'
complete -c git-intercom -f
${lines.join('\n')}
`;
}

function ofCommand({ name, options, takes }: CompletedCommand): string[] {
  const condition = `test (__git_intercom_command) = ${name}`;
  const words = takes === 'text' ? [] : [rule(condition, ...valueWords(takes))];
  return [...words, ...options.map((option) => rule(condition, ...optionWords(option)))];
}

function rule(condition: string, ...words: string[]): string {
  return ['complete -c git-intercom -n', quoted(condition), ...words].join(' ');
}

function optionWords({ flags, summary, value }: CompletedOption): string[] {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const wants = value === undefined ? [] : [...(value.optional ? [] : ['-r']), ...valueWords(value.takes)];
  return [...names, ...wants, '-d', quoted(summary)];
}

function valueWords(takes: Completed): string[] {
  if (takes === 'files') return ['-F'];
  if (takes === 'folders') return ['-f', '-a', quoted('(__fish_complete_directories)')];
  return takes === 'text' ? ['-f'] : ['-f', '-a', quoted(takes.join(' '))];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
