/** How much waits for each agent: mail that it has not acknowledged, and asks that it has not answered. */
import { asksFolder } from '../domain/record/path.ts';
import { msOf } from '../domain/time.ts';
import type { Session } from './session.ts';
import type { ShownAgent } from './shown-agent.ts';

export interface OpenWork {
  /** Sent to it by name, and no open ask; messages to all are not counted here. */
  readonly mail: number;
  readonly asks: number;
}

export interface AgentAtWork extends ShownAgent {
  readonly open: OpenWork;
}

/** Reads names of files only, however much mail there is, and the few asks that are open. */
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
  return agents.map((agent) => {
    const toAnswer = asks.filter((ask) => ask.kind === 'message' && ask.to.includes(agent.name)).length;
    return { ...agent, open: { mail: mail.get(agent.name) ?? 0, asks: toAnswer } };
  });
}
