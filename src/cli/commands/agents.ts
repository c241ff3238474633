/** The commands about people and agents. */
import type { AgentState } from '../../domain/record/record.ts';
import { status } from '../../operations/status.ts';
import { who } from '../../operations/who.ts';
import { defineCommand } from '../command.ts';
import { renderAgents, renderPaths, renderStatus } from '../render/agents.ts';

const whoCommand = defineCommand({
  name: 'who',
  synopsis: '[path…]',
  summary: 'who is here; with paths: who touches them',
  group: 'People and agents',
  options: [
    { name: 'all', summary: 'also those who left' },
    { name: 'scope', value: 'SCOPE', choices: ['repo'], summary: 'whom to look for (this repository)', hidden: true },
  ],
  notes: ['With paths it shows claims, waiters, changes in other worktrees and commits on unmerged branches.'],
  run: (words, { session, fromTop }) =>
    who.run({ paths: fromTop(words.positionals), scope: 'repo', all: words.flag('all') }, session),
  render: (result, telling) =>
    result.paths === undefined ? renderAgents(result.agents, telling) : renderPaths(result.paths, telling),
});

const statusCommand = defineCommand({
  name: 'status',
  synopsis: '[text…]',
  summary: 'say what you are doing, or see your own status',
  group: 'People and agents',
  options: [
    {
      name: 'state',
      value: 'STATE',
      choices: ['active', 'idle', 'busy', 'blocked'],
      summary: 'active, idle, busy or blocked',
    },
    { name: 'describe', value: 'TEXT', summary: 'who you are and what for' },
    { name: 'tags', value: 'A,B', summary: 'words that others may look for' },
  ],
  run: (words, { session }) =>
    status.run(
      {
        activity: words.positionals.length === 0 ? undefined : words.positionals.join(' '),
        state: words.text('state') as AgentState | undefined,
        description: words.text('describe'),
        tags: words.flag('tags') ? [...words.texts('tags')] : undefined,
        visibility: undefined,
      },
      session,
    ),
  render: ({ agent }, telling) => renderStatus(agent, telling),
});

export const agentCommands = [whoCommand, statusCommand];
