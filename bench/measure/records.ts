/** Records as agents leave them: claims on files of their own, and messages that nobody has acknowledged yet. */

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { formatId } from '../../src/domain/id.ts';
import { agentPath, claimPath, fencePath, inboxPath, messagePath } from '../../src/domain/record/path.ts';
import type {
  AgentRecord,
  ClaimRecord,
  FenceRecord,
  LiveRecord,
  MessageRecord,
} from '../../src/domain/record/record.ts';
import { instantOf } from '../../src/domain/time.ts';
import { personUid } from '../../src/store/local/person.ts';

export interface Counts {
  readonly claims: number;
  readonly messages: number;
  /** Where the messages were sent to, instead of to one agent each. */
  readonly room?: string;
  /** Whether their time is over. */
  readonly areExpired?: boolean;
}

const agentCount = 50;
const leaseSeconds = 24 * 3600;

export interface Filed {
  readonly record: LiveRecord;
  /** A message lies in two places. */
  readonly paths: readonly string[];
}

/** In the order in which they would have come. */
export function* filedRecords({ claims, messages, room, areExpired = false }: Counts): Iterable<Filed> {
  const startMs = Date.now() - 1_000 - Math.max(claims, messages);
  for (let n = 0; n < agentCount; n++) yield { record: agentRecord(n, startMs), paths: [agentPath(nameOf(n))] };
  for (let n = 0; n < claims; n++) {
    const record = claimRecord(n, startMs + n);
    yield { record, paths: [claimPath(record.id)] };
  }
  yield { record: fenceRecord(claims, startMs), paths: [fencePath] };
  for (let n = 0; n < messages; n++) {
    const sent = messageRecord(n, startMs + n, room);
    const record = areExpired ? { ...sent, expires: sent.at } : sent;
    const inboxes = room === undefined ? [inboxPath(nameOf(n + 1), record.id)] : [];
    yield { record, paths: [messagePath(record.id), ...inboxes] };
  }
}

/** As this machine's person names it by word. */
function agentRecord(n: number, nowMs: number): AgentRecord {
  const at = instantOf(nowMs);
  const [uid, home] = [uidOf(n), personUid(process.env)];
  return { v: 1, id: uid, kind: 'agent', agent: nameOf(n), at, uid, home, state: 'active', lastSeen: at };
}

export function fenceRecord(counter: number, nowMs: number): FenceRecord {
  return { v: 1, id: 'fence', kind: 'fence', agent: nameOf(counter), at: instantOf(nowMs), epoch: 1, counter };
}

export function claimRecord(n: number, nowMs: number): ClaimRecord {
  const at = instantOf(nowMs);
  return {
    v: 1,
    id: formatId(nowMs, randomBytes(7)),
    kind: 'claim',
    agent: nameOf(n),
    at,
    uid: uidOf(n),
    paths: [`packages/module-${n % 200}/src/part-${n}.ts`],
    mode: 'exclusive',
    why: `part ${n} of the work`,
    branch: `work-${n % agentCount}`,
    worktree: `/home/agents/${nameOf(n)}/project`,
    host: hostname(),
    since: at,
    expires: instantOf(nowMs + leaseSeconds * 1000),
    leaseSeconds,
    token: `1.${n + 1}`,
  };
}

function messageRecord(n: number, nowMs: number, room: string | undefined): MessageRecord {
  const id = formatId(nowMs, randomBytes(7));
  return {
    v: 1,
    id,
    kind: 'message',
    agent: nameOf(n),
    at: instantOf(nowMs),
    uid: uidOf(n),
    to: [nameOf(n + 1)],
    ...(room === undefined ? { audience: 'named' } : { audience: 'room', room }),
    thread: id,
    purpose: 'message',
    subject: `part ${n}`,
    importance: 'normal',
    ackWanted: false,
    text: `Part ${n} is ready for you to look at.\nIts tests pass, and the types hold.\n`,
  };
}

function nameOf(n: number): string {
  return `agent-${n % agentCount}`;
}

function uidOf(n: number): string {
  return `u${String(n % agentCount).padStart(20, '0')}`;
}
