/** The list of operations: one line each, and the only list. */
import { ack } from './ack.ts';
import { ask } from './ask.ts';
import { check } from './check.ts';
import { checkEdit } from './check-edit.ts';
import { claim } from './claim.ts';
import { claims } from './claims.ts';
import { escalate } from './escalate.ts';
import { escalations } from './escalations.ts';
import { handoff } from './handoff.ts';
import { key } from './key.ts';
import { log } from './log.ts';
import { moveHere } from './move-here.ts';
import { overview } from './overview.ts';
import { peek } from './peek.ts';
import { pending } from './pending.ts';
import { receipts } from './receipts.ts';
import { release } from './release.ts';
import { renew } from './renew.ts';
import { reply } from './reply.ts';
import { room } from './room.ts';
import { rooms } from './rooms.ts';
import { search } from './search.ts';
import { send } from './send.ts';
import { diffSpec } from './spec-diff.ts';
import { specVersionsOf } from './spec-history.ts';
import { specs } from './spec-list.ts';
import { publishSpec } from './spec-publish.ts';
import { readSpec } from './spec-read.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { sync } from './sync.ts';
import { thread } from './thread.ts';
import { who } from './who.ts';

export const operations = {
  who,
  status,
  moveHere,
  claim,
  claims,
  renew,
  release,
  handoff,
  checkEdit,
  send,
  peek,
  ack,
  reply,
  ask,
  pending,
  escalate,
  escalations,
  thread,
  search,
  receipts,
  log,
  subscribe,
  sync,
  publishSpec,
  readSpec,
  specs,
  diffSpec,
  specVersionsOf,
  room,
  rooms,
  key,
  overview,
  check,
} as const;
