/** The commands about what a person has to decide. */
import { isTypedId } from '../../domain/id.ts';
import { openEscalationsMax } from '../../domain/limits.ts';
import { escalate } from '../../operations/escalate.ts';
import { escalations } from '../../operations/escalations.ts';
import { defineCommand } from '../command.ts';
import { renderEscalated, renderEscalations } from '../render/escalations.ts';
import { UsageError } from '../usage-error.ts';
import { allowSecret } from '../words.ts';

const escalateCommand = defineCommand({
  name: 'escalate',
  synopsis: '<text|id|->',
  summary: 'put something before a person, who alone can answer it',
  group: 'Messages',
  options: [
    { name: 'why', value: 'WHY', summary: 'why a person is needed' },
    { name: 'sealed', summary: 'only the persons who have a key now can read it' },
    allowSecret,
  ],
  notes: [
    'It stays open until a person answers it (reply, or ack --done), and is shown first to every person. An agent cannot close it. The id of a message escalates that message. With --sealed it is shown to the persons who have a key by then (git intercom key); a person who comes later sees that something waits, and not what.',
    'A person is who acts without --agent and INTERCOM_AGENT, outside of any agent program: under the name that git has for them.',
    `An agent may have ${openEscalationsMax} open. The policy can name a command to run for each (escalation.command); git config intercom.allowCommand allows it on a machine.`,
  ],
  run: async (words, { session, readStdin, terminal }) => {
    const [typed, ...others] = words.positionals;
    if (typed === undefined || others.length > 0) {
      const next = 'Run git intercom escalate "…", or git intercom escalate <id> of a message.';
      throw new UsageError('escalate wants one text, or the id of a message: put the text into quotes.', next);
    }
    const isId = /\d/.test(typed) && isTypedId(typed);
    const what = isId ? { id: typed } : { text: typed === '-' ? readStdin() : typed };
    const answer = await escalate.run({ ...what, why: words.text('why'), sealed: words.flag('sealed') }, session);
    if (answer.status === 'done' && answer.value.notice !== undefined) {
      terminal.err(`${terminal.paint('yellow', 'note:')}  ${answer.value.notice}`);
    }
    return answer;
  },
  render: ({ escalation }, telling) => renderEscalated(escalation, telling),
});

const escalationsCommand = defineCommand({
  name: 'escalations',
  synopsis: '',
  summary: 'what waits for a person',
  group: 'Messages',
  options: [],
  run: (_words, { session }) => escalations.run({}, session),
  render: (result, telling) => renderEscalations(result.escalations, telling),
});

export const escalationCommands = [escalateCommand, escalationsCommand];
