/** The commands about people and agents. */
import type { AgentRecord, AgentState } from '../../domain/record/record.ts';
import { key } from '../../operations/key.ts';
import { moveHere } from '../../operations/move-here.ts';
import { status } from '../../operations/status.ts';
import { subscribe } from '../../operations/subscribe.ts';
import { who } from '../../operations/who.ts';
import { defineCommand } from '../command.ts';
import { renderAgents, renderKey, renderPaths, renderStatus, renderSubscriptions } from '../render/agents.ts';
import { escalationsAbove } from '../render/escalations.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret } from '../words.ts';

const whoCommand = defineCommand({
  name: 'who',
  synopsis: '[path…]',
  summary: 'who is here; with paths: who touches them',
  group: 'People and agents',
  options: [
    { name: 'all', summary: 'also those who left' },
    {
      name: 'scope',
      value: 'SCOPE',
      choices: ['repo', 'hub', 'machine'],
      summary: 'of this repository, of its whole hub, or of the hub on this machine',
    },
  ],
  notes: ['With paths it shows claims, waiters, changes in other worktrees and commits on unmerged branches.'],
  run: (words, { session, fromTop }) =>
    who.run(
      {
        paths: fromTop(words.positionals),
        scope: words.text('scope') as 'repo' | 'hub' | 'machine' | undefined,
        all: words.flag('all'),
      },
      session,
    ),
  render: (result, telling) =>
    result.paths === undefined
      ? escalationsAbove(result.escalations ?? [], telling) +
        renderAgents(result.agents, telling, result.hidden, result.left)
      : renderPaths(result.paths, telling),
});

const keyCommand = defineCommand({
  name: 'key',
  synopsis: '',
  summary: 'make your key, so that others can seal messages for you',
  group: 'People and agents',
  options: [{ name: 'new', summary: 'make another, where it was lost or somebody else has it' }],
  notes: [
    'The private key stays on this machine, in a file that you alone can read; the public one stands in your record. Whoever loses the private one cannot open what was sealed for it, and nobody else can.',
    'The file is one of age: age --decrypt -i <file> opens what stands on the branch.',
  ],
  run: (words, { session }) => key.run({ anew: words.flag('new') }, session),
  render: (answer, telling) => renderKey(answer.key, telling),
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
    {
      name: 'visibility',
      value: 'V',
      choices: ['visible', 'hidden', 'ghost'],
      summary: 'hidden: not listed or in all, reached by name; ghost: not even counted, only answered',
    },
    { name: 'name', value: 'NAME', summary: 'another name for you; the old one goes on leading to you' },
    { name: 'here', summary: 'go on here as the agent of your name that was on another machine' },
    { name: 'describe', value: 'TEXT', clearable: true, summary: 'who you are and what for' },
    { name: 'tags', value: 'A,B', clearable: true, summary: 'words that others may look for' },
    allowSecret,
  ],
  notes: [
    'Hiding is a matter of manners and no secret: what you claim binds, and is shown with its id and (hidden); your messages, the log and the branch itself name you.',
    'A name that is given by word (--agent, INTERCOM_AGENT) is one agent on each machine: on a second one it is refused, until git intercom status --here brings the agent over, with its claims and mail. From then on it is refused on the first.',
  ],
  run: (words, { session }) => {
    if (words.flag('here')) {
      if (words.positionals.length > 0)
        throw new UsageError('--here stands alone.', 'Say what you do in a second call.');
      return moveHere.run({}, session);
    }
    return status.run(
      {
        name: words.text('name'),
        activity: words.positionals.length === 0 ? undefined : words.positionals.join(' '),
        state: words.text('state') as AgentState | undefined,
        description: words.text('describe'),
        tags: words.flag('tags') ? [...words.texts('tags')] : undefined,
        visibility: words.text('visibility') as AgentRecord['visibility'],
      },
      session,
    );
  },
  render: ({ agent }, telling) => renderStatus(agent, { ...telling, self: agent.name }),
});

const subscribeCommand = defineCommand({
  name: 'subscribe',
  synopsis: '[path…]',
  summary: 'be told when somebody else claims or changes paths',
  group: 'People and agents',
  options: [],
  notes: [
    'It reserves nothing, and wakes nobody: the notice is a quiet message. Without paths it shows what you are told of. It ends when the agent leaves. spec:api: of new versions of the spec api.',
  ],
  run: (words, { session, fromTop }) =>
    subscribe.run({ paths: fromTop(words.positionals), remove: [], removeAll: false }, session),
  render: renderSubscriptions,
});

const unsubscribeCommand = defineCommand({
  name: 'unsubscribe',
  synopsis: '<path…>',
  summary: 'no longer be told of these paths',
  group: 'People and agents',
  options: [{ name: 'all', summary: 'of none at all' }],
  run: (words, { session, fromTop }) => {
    if (words.positionals.length === 0 && !words.flag('all'))
      throw new UsageError('Nothing was named.', 'Name a path, or use --all.');
    if (words.positionals.length > 0 && words.flag('all'))
      throw new UsageError('unsubscribe got both --all and paths.', 'Name just what you mean, or use --all.');
    return subscribe.run({ paths: [], remove: fromTop(words.positionals), removeAll: words.flag('all') }, session);
  },
  render: renderSubscriptions,
});

export const agentCommands = [whoCommand, statusCommand, keyCommand, subscribeCommand, unsubscribeCommand];
