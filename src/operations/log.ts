/** `log`: what happened, newest first, from the commits of the branch. */
import * as z from 'zod';
import { nameInView } from '../domain/agent/former.ts';
import { listLimitDefault } from '../domain/limits.ts';
import { ops } from '../domain/op.ts';
import { agentPath } from '../domain/record/path.ts';
import { patternsOf, touches } from '../domain/record/patterns.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import type { HistoryEntry } from '../store/port.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import { readingHere } from './hub.ts';
import { namedPaths } from './named-paths.ts';
import type { Session } from './session.ts';

export interface LogEntry {
  readonly oid: string;
  readonly at: string;
  readonly agent: string | null;
  readonly op: string | null;
  readonly id: string | null;
  readonly summary: string;
}

const input = z.object({
  path: z.string().optional(),
  agent: z.string().optional(),
  kind: z.enum(ops).optional(),
  sinceSeconds: z.number().min(1).optional(),
  limit: z.number().min(1).max(100_000).default(listLimitDefault),
});

export const log = defineOperation({
  name: 'log',
  summary: 'See what happened, newest first.',
  effect: 'read',
  input,
  run: async (filter, session) => done({ entries: await newest(filter, session) }),
});

export async function newest(filter: z.output<typeof input>, session: Session): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const entry of matching(filter, session)) {
    entries.push(shownEntry(entry));
    if (entries.length >= filter.limit) break;
  }
  return entries;
}

/** The entries that are new since the last look, oldest first, as they come; ends when the signal fires. */
export async function* follow(
  filter: z.output<typeof input>,
  session: Session,
  signal: AbortSignal,
): AsyncIterable<LogEntry> {
  let known: string | null | undefined;
  for await (const tip of session.store.tips(signal)) {
    if (known !== undefined) {
      const read = await readingHere(session);
      const fresh: LogEntry[] = [];
      for await (const entry of matching(filter, session)) {
        if (entry.oid === known) break;
        fresh.push(read(shownEntry(entry)));
      }
      yield* fresh.reverse();
    }
    known = tip;
  }
}

async function* matching(filter: z.output<typeof input>, session: Session): AsyncIterable<HistoryEntry> {
  const { store } = session;
  const { nowMs, names } = await store.read((view, nowMs) => ({ nowMs, names: namesOf(filter.agent, view) }));
  const sinceMs = filter.sinceSeconds === undefined ? 0 : nowMs - filter.sinceSeconds * 1000;
  const patterns =
    filter.path === undefined ? undefined : patternsOf(await namedPaths([filter.path], session), store.place);
  for await (const entry of store.history()) {
    // Committer times of one branch only run backwards by a clock that was set: look a little further.
    if (msOf(entry.at) < sinceMs - 3_600_000) return;
    if (msOf(entry.at) < Math.floor(sinceMs / 1000) * 1000) continue;
    if (names !== undefined && (entry.agent === undefined || !names.has(entry.agent))) continue;
    if (filter.kind !== undefined && entry.op !== filter.kind) continue;
    if (patterns !== undefined && !touches(entry, patterns, store.place)) continue;
    yield entry;
  }
}

/** All that the agent has and had, by whichever of them it is meant; what is somebody else's by now is left out. */
function namesOf(agent: string | undefined, view: View): ReadonlySet<string> | undefined {
  if (agent === undefined) return undefined;
  const name = nameInView(view, { name: agent });
  const record = view.record(agentPath(name));
  const former = record?.kind === 'agent' ? (record.formerly ?? []) : [];
  return new Set([agent, name, ...former.filter((name) => view.record(agentPath(name)) === undefined)]);
}

function shownEntry({ oid, at, agent, op, ids, subject }: HistoryEntry): LogEntry {
  return { oid, at, agent: agent ?? null, op: op ?? null, id: ids[0] ?? null, summary: subject };
}
