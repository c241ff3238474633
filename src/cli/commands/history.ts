/** The commands about history and checks. */

import { listLimitDefault } from '../../domain/limits.ts';
import { type Op, ops } from '../../domain/op.ts';
import { plainly } from '../../domain/plainly.ts';
import { safeJson } from '../../domain/text.ts';
import { done } from '../../operations/answer.ts';
import { follow, log } from '../../operations/log.ts';
import { type Calling, defineCommand } from '../command.ts';
import { noteUnknown } from '../note-unknown.ts';
import { logRow, renderLog } from '../render/history.ts';
import type { Words } from '../words.ts';

const logCommand = defineCommand({
  name: 'log',
  synopsis: '',
  summary: 'what happened, newest first',
  group: 'History and checks',
  options: [
    { name: 'path', value: 'P', summary: 'only what touches this path' },
    { name: 'agent', value: 'AGENT', summary: 'only by this agent' },
    { name: 'of', value: 'AGENT', summary: 'the same', hidden: true },
    { name: 'kind', value: 'KIND', choices: ops, summary: 'only claim, release, send, ack, status …' },
    { name: 'since', value: 'D', summary: 'only of the last 2h, 7d …' },
    { name: 'limit', value: 'N', summary: `at most so many (${listLimitDefault})` },
    { name: 'follow', short: 'f', summary: 'then go on, a line for each thing as it happens' },
  ],
  notes: [
    'To ask as another agent, name it before the command: git intercom --agent NAME log.',
    'The same, by git itself: git log intercom, or git log intercom -- .intercom/claims.',
  ],
  run: async (words, calling) => {
    const filter = filterOf(words, calling);
    const past = await log.run(filter, calling.session);
    if (past.status === 'done' && past.value.entries.length === 0) await noteUnknown(filter.agent, calling);
    if (!words.flag('follow') || past.status !== 'done') return past;
    await print(past.value.entries.toReversed(), calling);
    for await (const entry of follow(filter, calling.session, calling.signal)) await print([entry], calling);
    return done(undefined);
  },
  render: (result, telling) => renderLog(result?.entries ?? [], telling),
});

function filterOf(words: Words, { fromTop }: Calling) {
  const since = words.duration('since');
  const [path] = fromTop(words.text('path') === undefined ? [] : [words.text('path') as string]);
  return {
    path,
    agent: words.text('agent') ?? words.text('of'),
    kind: words.text('kind') as Op | undefined,
    sinceSeconds: typeof since === 'number' ? since : undefined,
    limit: words.number('limit') ?? listLimitDefault,
  };
}

async function print(entries: Parameters<typeof renderLog>[0], { terminal, isJson, session }: Calling): Promise<void> {
  const nowMs = await session.store.read((_view, nowMs) => nowMs);
  for (const entry of entries) {
    terminal.out(
      isJson ? safeJson(entry) : logRow(plainly(entry), { terminal, nowMs, self: session.self.name }).join('  '),
    );
  }
}

export const historyCommands = [logCommand];
