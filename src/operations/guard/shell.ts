/** Around a shell command: what it would write is looked at before it runs, what it wrote afterwards. */
import { namesFor, withName } from '../../domain/agent/visibility.ts';
import { type HeldRival, isLive, isOurs, verdictOn } from '../../domain/claim/verdict.ts';
import { toldLeaving } from '../../domain/guard/confirm.ts';
import { type GuardAnswer, nothingToSay, type ShellWrites } from '../../domain/guard/event.ts';
import { globRivals } from '../../domain/guard/glob-rivals.ts';
import { toldShellChanges } from '../../domain/guard/told.ts';
import { bothReadings } from '../../domain/pattern/readings.ts';
import { allHeld, heldOn, verdictWorld } from '../check-edit.ts';
import { ownUid } from '../own-uid.ts';
import type { Session } from '../session.ts';
import { stopped } from './before-edit.ts';

/** Of the harness's clock and the disk's. */
const slackMs = 50;

/** A free path is not claimed: what is read from a command line is a guess. */
export async function beforeShell(writes: ShellWrites, session: Session): Promise<GuardAnswer> {
  const { confirm } = session.store.policy;
  const leaving = writes.leaves?.find((each) => confirm[each]);
  const answer = await beforeWrites(writes, session);
  return leaving === undefined || answer.permission === 'refuse'
    ? answer
    : { permission: 'ask', reason: toldLeaving(leaving) };
}

async function beforeWrites({ paths, sweeps }: ShellWrites, session: Session): Promise<GuardAnswer> {
  const { shell } = session.store.policy.guard;
  if (shell === 'off') return nothingToSay;
  session.store.journals.shell.note(session.self.name);
  if (paths.length + sweeps.length === 0) return nothingToSay;
  const swept = sweeps.length === 0 ? [] : await changesOfOthers(sweeps, session);
  const { rivals, nowMs } = await rivalsOn([...paths, ...swept], session);
  return rivals.length === 0 ? nothingToSay : stopped(shell, rivals, session, nowMs);
}

/** Files on claims of others that changed while the command ran. */
export async function afterShell(lastedMs: number | undefined, session: Session): Promise<GuardAnswer> {
  if (session.store.policy.guard.shell === 'off') return nothingToSay;
  const sinceMs = await beganAt(lastedMs, session);
  if (sinceMs === undefined) return nothingToSay;
  const patterns = await patternsOfOthers(session);
  if (patterns.length === 0) return nothingToSay;
  const changed = await session.surroundings.changedSince(patterns, sinceMs);
  if (changed.length === 0) return nothingToSay;
  const { rivals, nowMs } = await rivalsOn(changed, session);
  if (rivals.length === 0) return nothingToSay;
  return { permission: 'as-usual', context: toldShellChanges(rivals, { nowMs }) };
}

/**
 * The earlier one of what was noted and what the harness has measured: the latest of several commands is noted, and the look
 * at a command that lasted a moment may come long after its end.
 */
async function beganAt(lastedMs: number | undefined, { store, self }: Session): Promise<number | undefined> {
  const notedMs = store.journals.shell.began(self.name);
  if (lastedMs === undefined) return notedMs;
  const measuredMs = await store.read((_view, endMs) => endMs - lastedMs - slackMs);
  return Math.min(measuredMs, notedMs ?? measuredMs);
}

/** What others hold and have changed in this very work tree: sweeping commands would throw it away. */
async function changesOfOthers(sweeps: readonly string[], session: Session): Promise<readonly string[]> {
  const patterns = await patternsOfOthers(session);
  const changed = patterns.length === 0 ? [] : await session.surroundings.changedSince(patterns, 0);
  return changed.filter((path) => sweeps.some((folder) => folder === '' || `${path}/`.startsWith(`${folder}/`)));
}

function rivalsOn(
  paths: readonly string[],
  session: Session,
): Promise<{ readonly rivals: readonly HeldRival[]; readonly nowMs: number }> {
  const { store, surroundings, self } = session;
  return store.read((view, nowMs) => {
    const world = verdictWorld(view, nowMs, session);
    const own = { uid: ownUid(view, self), name: self.name };
    const isGlob = (path: string) => /[*?[{]/.test(path) && surroundings.kindAt(path) === undefined;
    const named = paths.filter((path) => !isGlob(path));
    const { rivals } = verdictOn(named, heldOn(named, view, store.place.repository), own, world);
    // In a shell a bracket is a class unless it is quoted, which is not known any more: both readings count.
    const globs = new Set(paths.filter(isGlob).map(bothReadings));
    const met =
      globs.size === 0 ? [] : globRivals([...globs], allHeld(view, store.place.repository), { ...world, self: own });
    const names = namesFor(view, self.name);
    return { rivals: [...rivals, ...met].map((rival) => withName(rival, names)), nowMs };
  });
}

function patternsOfOthers({ store, self }: Session): Promise<readonly string[]> {
  return store.read((view, nowMs) => {
    const own = { uid: ownUid(view, self), name: self.name };
    const others = allHeld(view, store.place.repository).filter((claim) => isLive(claim, nowMs) && !isOurs(claim, own));
    return others.map(({ pattern }) => pattern);
  });
}
