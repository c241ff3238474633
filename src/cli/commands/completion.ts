/** The command that prints what a shell needs to complete the words of all the others. */
import type { TableCommand } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { wordsToComplete } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { UsageError } from '../usage-error.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const shells = Object.keys(scripts) as readonly (keyof typeof scripts)[];

export const completionCommand: TableCommand<{ readonly shell: string; readonly script: string }> = {
  name: 'completion',
  synopsis: '<bash|zsh|fish>',
  summary: 'print the words that your shell completes',
  group: 'Set-up',
  options: [],
  choices: shells,
  notes: [
    [
      'To have it in every shell, add to ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish:',
      '  source <(git-intercom completion bash)',
      '  source <(git-intercom completion zsh)',
      '  git-intercom completion fish | source',
    ].join('\n'),
  ],
  answer: ({ positionals }, table) => {
    const [typed, ...more] = positionals;
    const shell = shells.find((known) => known === typed);
    if (shell !== undefined && more.length === 0) return { shell, script: scripts[shell](wordsToComplete(table)) };
    throw new UsageError(
      'completion wants the name of one shell: bash, zsh or fish.',
      'Run git intercom help completion.',
    );
  },
  render: ({ script }) => script.trimEnd(),
};
