/** How much waits for each agent: mail that it has not acknowledged, and asks that it has not answered. */
import { Draft } from '../domain/draft.ts';
import { isUnread } from '../domain/message/receipt.ts';
import { asksFolder, broadcastFolder, receiptPath } from '../domain/record/path.ts';
import type { MessageRecord } from '../domain/record/record.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import type { Session } from './session.ts';
import type { ShownAgent } from './shown-agent.ts';

export interface OpenWork {
  /** Sent to it by name, to a room or to all, and no open ask. What was said in secret rooms is not counted. */
  readonly mail: number;
  readonly asks: number;
}

export interface AgentAtWork extends ShownAgent {
  readonly open: OpenWork;
}

/** Of mail by name it reads the names of files only, however much there is; whole records of open asks and of what went to many. */
export async function withOpenWork(agents: readonly ShownAgent[], { store }: Session): Promise<AgentAtWork[]> {
  const asks = await store.read((view, nowMs) =>
    [...view.folder(asksFolder).values()].filter(
      (record) => record.kind === 'message' && record.ask !== undefined && msOf(record.ask.until) > nowMs,
    ),
  );
  const askIds = new Set(asks.map(({ id }) => id));
  const mail = new Map<string, number>();
  for await (const [path] of store.paths('inbox')) {
    const [, name = '', id = ''] = path.split('/');
    if (!askIds.has(id)) mail.set(name, (mail.get(name) ?? 0) + 1);
  }
  const toMany = await store.read(unreadToMany);
  for (const name of toMany) mail.set(name, (mail.get(name) ?? 0) + 1);
  return agents.map((agent) => {
    const toAnswer = asks.filter((ask) => ask.kind === 'message' && ask.to.includes(agent.name)).length;
    return { ...agent, open: { mail: mail.get(agent.name) ?? 0, asks: toAnswer } };
  });
}

/** Each reader once for each message. */
function unreadToMany(view: View): string[] {
  const sent = [...view.folder(broadcastFolder).values()].filter(
    (record): record is MessageRecord => record.kind === 'message',
  );
  view.expectRecords(sent.map(({ id }) => receiptPath(id)));
  const reader = new Draft(view);
  return sent.flatMap(({ id, to }) => to.filter((name) => isUnread(reader, id, name)));
}
