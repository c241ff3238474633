/** The tool that puts something before a person. */
import * as z from 'zod';
import { listed, plainText } from '../../domain/text.ts';
import { escalate } from '../../operations/escalate.ts';
import { defineTool } from '../tool.ts';

const escalateTool = defineTool({
  name: 'escalate',
  title: 'Escalate to a person',
  description: 'Have a person decide text, or message id. The answer comes as mail: go on meanwhile.',
  toolset: 'full',
  effect: 'write',
  input: z.object({
    text: z.string().optional(),
    id: z.string().optional(),
    why: z.string().optional(),
    sealed: z.boolean().optional(),
  }),
  output: { escalation: z.looseObject({ id: z.string(), to: z.array(z.string()), text: z.string() }) },
  leaves: ({ text, id }) => ({
    what: 'messages',
    question: `Escalate to a person?\n\n${plainText(text ?? `the message ${id}`, 1_000)}`,
  }),
  run: (input, { session }) => escalate.run(escalate.input.parse(input), session),
  tell: ({ escalation, notice }) =>
    [
      `Escalated as ${escalation.id}, before ${escalation.to.length === 0 ? 'the first person who comes' : listed(escalation.to, 5)}.`,
      ...(notice === undefined ? [] : [notice]),
    ].join(' '),
});

export const escalationTools = [escalateTool];
