/** What the page shows: the state of the coordination at one moment, as it is sent to the browser. */
import type { ShownAsk } from '../domain/ask/present.ts';
import type { ShownMail } from '../domain/message/present.ts';
import { plainly } from '../domain/plainly.ts';
import { instantOf } from '../domain/time.ts';
import type { AgentAtWork } from '../operations/open-work.ts';
import type { Overview } from '../operations/overview.ts';
import type { Session } from '../operations/session.ts';
import type { PageOperations } from './port.ts';

export interface PageState extends Omit<Overview, 'unread' | 'pendingAsks' | 'agents'> {
  /** When it was so; a browser's clock may be another's. */
  readonly now: string;
  readonly self: string;
  /** Somebody else's program asked for the page: nothing can be said on it. */
  readonly isOnlyShown: boolean;
  readonly isOpen: boolean;
  readonly asks: readonly ShownAsk[];
  /** Unread, for whoever looks; without what stands above it as an escalation or an ask. */
  readonly mail: readonly ShownMail[];
  /** Ids of all that is unread. */
  readonly unread: readonly string[];
  readonly agents: readonly Omit<AgentAtWork, 'claims'>[];
  /** How many are not sent, of each list that was cut. */
  readonly more: { readonly mail: number; readonly agents: number; readonly claims: number; readonly waiting: number };
}

/** Nobody reads more of a page, and each change sends all of it. */
const mailMax = 50;
const rowsMax = 200;

/** Looks and marks nothing: what is on a page was not read for that. */
export async function lookedAt(session: Session, { overview, peek }: PageOperations): Promise<PageState> {
  const nowMs = await session.store.read((_view, nowMs) => nowMs);
  const [seen, looked] = [
    await overview.run({ messages: 20, events: 30 }, session),
    await peek.run(peek.input.parse({ limit: mailMax, mark: false }), session),
  ];
  if (seen.status !== 'done') throw new Error('an operation that reads refuses nothing');
  // A namesake of another repository of the hub sees what everybody sees.
  const { unread, messages } = looked.status === 'done' ? looked.value : { unread: 0, messages: [] };
  const { pendingAsks, agents, claims, waiting, ...rest } = seen.value;
  const above = new Set([...rest.escalations, ...pendingAsks].map(({ id }) => id));
  return plainly({
    ...rest,
    now: instantOf(nowMs),
    self: session.self.name,
    isOnlyShown: session.self.isPerson !== true,
    isOpen: (await session.store.locateBranch()) !== null,
    asks: pendingAsks,
    mail: messages.filter(({ id }) => !above.has(id)),
    agents: agents.slice(0, rowsMax).map(({ claims: _held, ...agent }) => agent),
    claims: claims.slice(0, rowsMax),
    waiting: waiting.slice(0, rowsMax),
    more: {
      mail: unread - messages.length,
      agents: Math.max(0, agents.length - rowsMax),
      claims: Math.max(0, claims.length - rowsMax),
      waiting: Math.max(0, waiting.length - rowsMax),
    },
  });
}
