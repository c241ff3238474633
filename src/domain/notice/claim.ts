/** What a change of a claim, or of a place in the queue, says. */
import type { ClaimRecord, WaitingRecord } from '../record/record.ts';
import { listed, oneLine } from '../text.ts';
import type { Notice, NoticeKind, Watcher } from './notice.ts';

export function claimNotices(
  before: ClaimRecord | undefined,
  after: ClaimRecord | undefined,
  { name, now }: Watcher,
): Notice[] {
  const tell = (kind: NoticeKind, claim: ClaimRecord, at: string, text: string): Notice[] => [
    { kind, at, agent: claim.agent, id: claim.id, paths: claim.paths, text, forYou: claim.agent === name },
  ];
  if (after === undefined) {
    return before === undefined ? [] : tell('released', before, now, `${before.agent} no longer holds ${held(before)}`);
  }
  if (after.offeredUntil !== undefined) {
    return before === undefined
      ? tell('offered', after, after.since, `${held(after)} is offered to ${after.agent}`)
      : [];
  }
  const why = after.why === undefined ? '' : `: ${oneLine(after.why)}`;
  const isNew = before === undefined || before.offeredUntil !== undefined;
  if (isNew) return tell('claimed', after, after.since, `${after.agent} claims ${held(after)}${why}`);
  if (before.uid !== after.uid) {
    const text = `${before.agent} hands ${held(after)} over to ${after.agent}`;
    return tell('handed-over', after, after.since, text).map((notice) => ({
      ...notice,
      forYou: notice.forYou || before.agent === name,
    }));
  }
  if (String(before.paths) !== String(after.paths)) {
    return tell('claimed', after, now, `${after.agent} claims ${held(after)}${why}`);
  }
  if (before.expires !== after.expires) {
    return tell('renewed', after, now, `${after.agent} keeps ${held(after)} until ${after.expires}`);
  }
  return [];
}

export function waitingNotices(
  before: WaitingRecord | undefined,
  after: WaitingRecord | undefined,
  { name, now }: Watcher,
): Notice[] {
  const record = after ?? before;
  if (record === undefined || (before !== undefined && after !== undefined)) return [];
  const { agent, id, paths } = record;
  const kind = after === undefined ? 'wait-ended' : 'waiting';
  const at = after === undefined ? now : record.at;
  const text = `${agent} ${after === undefined ? 'no longer waits' : 'waits'} for ${listed(paths)}`;
  return [{ kind, at, agent, id, paths, text, forYou: agent === name }];
}

function held({ paths, mode }: ClaimRecord): string {
  return mode === 'shared' ? `${listed(paths)} (shared)` : listed(paths);
}
