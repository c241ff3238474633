/** Notices from what changed between two tips, as one agent sees them. Pure, and in the order of the changes. */
import { kindOf } from '../record/path.ts';
import type { AnyRecord } from '../record/record.ts';
import type { Change } from '../view.ts';
import { agentNotices } from './agent.ts';
import { askNotices } from './ask.ts';
import { claimNotices, waitingNotices } from './claim.ts';
import { messageNotices, receiptNotices } from './message.ts';
import type { Notice, Watcher } from './notice.ts';
import { roomNotices } from './room.ts';
import { specNotices } from './spec.ts';
import { veiled } from './veiled.ts';

/**
 * Copies of a message (inbox, broadcast, thread), keys and the fence say nothing of their own: one message is one
 * notice, and one grant is one, though it takes a place out of the queue as well. An answer is one, and the end of its
 * ask none.
 */
export function notices(moved: readonly Change[], watcher: Watcher): Notice[] {
  const { name, names } = watcher;
  const changes = names === undefined ? moved : moved.flatMap((change) => veiled(change, { name, names }));
  const granted = new Set(changes.filter(({ after }) => after?.kind === 'claim').map(({ after }) => after?.id));
  const said = changes.flatMap(({ path, after }) =>
    path.startsWith('messages/') && after?.kind === 'message' ? [after] : [],
  );
  const answers = new Set(said.flatMap(({ ask, escalation }) => [ask?.answer, escalation?.answer]));
  const renamed = renamedIn(changes);
  return changes.flatMap((change): Notice[] => {
    const { path, before, after } = change;
    if (after?.kind === 'unreadable') return [unreadable(path, after, watcher)];
    if (path.startsWith('claims/')) return claimNotices(of(before, 'claim'), of(after, 'claim'), watcher);
    if (path.startsWith('waiting/')) {
      const isGrant = after === undefined && granted.has(before?.id);
      return isGrant ? [] : waitingNotices(of(before, 'waiting'), of(after, 'waiting'), watcher);
    }
    if (path.startsWith('messages/')) {
      const as = answers.has(change.path.slice('messages/'.length)) ? 'answered' : 'message';
      return messageNotices(of(before, 'message'), of(after, 'message'), watcher, as);
    }
    if (path.startsWith('asks/')) {
      const open = of(before, 'message');
      return after === undefined
        ? askNotices(
            open,
            said.find(({ id }) => id === open?.id),
            watcher,
          )
        : [];
    }
    if (kindOf(path) === 'receipt') return receiptNotices(of(before, 'receipt'), of(after, 'receipt'), watcher);
    if (kindOf(path) === 'agent') return agentNotices(of(before, 'agent'), of(after, 'agent'), watcher, renamed);
    if (kindOf(path) === 'spec') return specNotices(of(before, 'spec'), of(after, 'spec'));
    if (kindOf(path) === 'room') return roomNotices(of(before, 'room'), of(after, 'room'), watcher);
    return [];
  });
}

/** By uid, the name that an agent gave up for another. */
function renamedIn(changes: readonly Change[]): ReadonlyMap<string, string> {
  const gone = changes.flatMap(({ before, after }) =>
    before?.kind === 'agent' && after === undefined ? [before] : [],
  );
  const come = new Set(
    changes.flatMap(({ before, after }) => (after?.kind === 'agent' && before === undefined ? [after.uid] : [])),
  );
  return new Map(gone.flatMap(({ uid, agent }) => (come.has(uid) ? [[uid, agent] as const] : [])));
}

function of<Kind extends AnyRecord['kind']>(
  record: AnyRecord | undefined,
  kind: Kind,
): Extract<AnyRecord, { kind: Kind }> | undefined {
  return record?.kind === kind ? (record as Extract<AnyRecord, { kind: Kind }>) : undefined;
}

function unreadable(path: string, record: Extract<AnyRecord, { kind: 'unreadable' }>, { now }: Watcher): Notice {
  const { id, paths, reason } = record;
  const text = `the record ${path} cannot be read: ${reason}`;
  return { kind: 'unreadable', at: now, agent: 'unknown', id, paths, text, forYou: false };
}
