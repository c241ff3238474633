/**
 * Decides a commit again that was acknowledged in a clone, on what the authority holds now.
 *
 * Claims, names, places in the queue and who is in a room are decided again; messages, acknowledgements, releases and status are facts and
 * come out as they were. Offers, reaping and superseding were consequences: settling draws them anew. Pure: it may run
 * several times, and changes `renames` at its end only.
 */
import { settle } from '../claim/settle.ts';
import type { Context, Headline } from '../decision.ts';
import type { Draft, Edit } from '../draft.ts';
import { claimsFolder, fencePath, kindOf, waitingFolder } from '../record/path.ts';
import { listed, oneLine } from '../text.ts';
import { replayKept, replayTaken } from './claims.ts';
import { replayLandings } from './landings.ts';
import { formerNoticeOf, replayMessages } from './messages.ts';
import { findActor, followRenamed, type Renamed, replayNames } from './names.ts';
import { replayKeys, replaySubscriptions } from './own-records.ts';
import { editsIn, type Past } from './past.ts';
import { replayJoining, replayPlaces } from './queue.ts';
import { replayReceipts } from './receipts.ts';
import { type Renames, renamed } from './renames.ts';
import { replayRooms } from './rooms.ts';
import type { Round, Withdrawn } from './round.ts';
import { replayRoomKeys } from './sealed.ts';
import { replaySpecs } from './specs.ts';
import { isSameRecord } from './three-way.ts';
import { replayUnreadable } from './unreadable.ts';
import { verdictOf } from './withdrawal.ts';

export interface Replayed {
  /** None, and no copies: nothing is left of it to write. */
  readonly edits: readonly Edit[];
  /** Paths whose file is taken from the commit as it is, because nobody can read it. */
  readonly copies: readonly string[];
  /** Under which name it is written. */
  readonly agent: string;
  readonly headline: Headline;
  /** Also those whose holder was told by a notice. */
  readonly withdrawn: readonly Withdrawn[];
  readonly renamed: readonly Renamed[];
}

/**
 * `draft` lies on the authority's newer view and must be empty. The commits of a chain are replayed in their order, each
 * on what the one before it wrote, with one `renames` that begins empty. `isAwaited` says whether somebody still waits for
 * the answer to this claim, who is told by `withdrawn` and needs no notice.
 */
export function replay(
  draft: Draft,
  past: Past,
  context: Context,
  renames: Renames,
  isAwaited: (claimId: string) => boolean,
): Replayed {
  const names = renames.copy();
  const lost = replayNames(draft, past, context, names);
  findActor(draft, past, names);
  followRenamed(draft, past, names);
  const now = renamed(past, names);
  const round: Round = {
    draft,
    past: now,
    context: {
      ...context,
      actor: { ...context.actor, uid: now.uid, name: now.agent },
      formerNotice: formerNoticeOf(now, draft),
    },
    isAwaited,
    upheld: new Set(),
    withdrawn: [],
  };
  const copies = replayUnreadable(round);
  if (isAboutClaims(now)) {
    replayKept(round);
    replayPlaces(round);
    // A claim that is copied unread is not in the draft: the queue must not move before it is.
    if (!copies.some((path) => kindOf(path) === 'claim')) settle(draft, round.context);
    replayTaken(round);
    replayJoining(round);
  }
  replaySpecs(round);
  replayRooms(round);
  replayRoomKeys(round);
  replayMessages(round);
  replayReceipts(round);
  replaySubscriptions(round);
  replayKeys(round);
  replayLandings(round);
  const edits = editsOf(draft, now);
  // A number that was drawn and not used needs no commit.
  const isNothing = copies.length === 0 && edits.every(({ path }) => path === fencePath);
  renames.become(names);
  const { withdrawn } = round;
  return {
    edits: isNothing ? [] : edits,
    copies,
    agent: now.agent,
    headline: headlineOf(round),
    withdrawn,
    renamed: lost,
  };
}

/**
 * Without those that would write what stands there. A notice made just now has a new id in each run: looking for it in the
 * view would never end.
 */
function editsOf(draft: Draft, past: Past): Edit[] {
  const decided = new Set(past.edits.map(({ path }) => path));
  return draft.edits().filter(({ path, record }) => {
    if (kindOf(path) === 'message' && !decided.has(path)) return true;
    return !isSameRecord(record ?? undefined, draft.view.record(path));
  });
}

function isAboutClaims(past: Past): boolean {
  return editsIn(claimsFolder, past).length > 0 || editsIn(waitingFolder, past).length > 0;
}

function headlineOf({ past, withdrawn, upheld }: Round): Headline {
  const { op, subject, ids, paths, key, body } = past;
  const [first] = withdrawn;
  if (first === undefined || upheld.size > 0) {
    return { op, subject, ids, paths, ...(key !== undefined && { key }), ...(body !== undefined && { body }) };
  }
  const lost = withdrawn.flatMap((claim) => claim.paths);
  return {
    op: 'withdraw',
    subject: `withdraw ${oneLine(listed(lost), 120)} (${first.agent}): ${verdictOf(first.rival)}`,
    ids: withdrawn.map(({ id }) => id),
    paths: lost,
  };
}
