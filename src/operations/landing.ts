/** Landing notes as an operation meets them: looked up, held against what git knows, and taken away when they are over. */
import { namesFor, withName } from '../domain/agent/visibility.ts';
import type { Unmerged } from '../domain/landing/note.ts';
import { type ShownLanding, shownLanding } from '../domain/landing/present.ts';
import { decideLanded } from '../domain/landing/settle.ts';
import { localPattern } from '../domain/pattern/repository.ts';
import { landingFolder } from '../domain/record/path.ts';
import { type Claimed, patternsOf, touches } from '../domain/record/patterns.ts';
import type { ClaimRecord, LandingRecord } from '../domain/record/record.ts';
import { msOf } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import type { AskedLanding, LandingState } from '../store/port.ts';
import { act } from './act.ts';
import { ownUid } from './own-uid.ts';
import type { Session } from './session.ts';

/** Git is asked some questions for each; the latest count, and others are shown as they are recorded. */
const looksMax = 20;

type Looked = { readonly note: LandingRecord; readonly state: LandingState };

/**
 * What others have finished on these paths and nobody has merged yet, without what the checked out commit has already.
 * Notes that turn out to be over are taken away by a commit. Where there is no note git is not asked.
 */
export async function landingsOf(asked: Claimed, session: Session): Promise<ShownLanding[]> {
  const looked = await look(asked, session);
  await settle(looked, session);
  const uid = await session.store.read((view) => ownUid(view, session.self));
  const others = looked
    .filter(({ note, state }) => note.uid !== uid && (state === 'waiting' || state === 'unknown'))
    .map(({ note }) => shownLanding(note));
  return withNames(others, session);
}

/** One's own too, and what is checked out here. Writes nothing. */
export async function landingsOn(asked: Claimed, session: Session): Promise<ShownLanding[]> {
  const looked = await look(asked, session);
  const standing = looked.filter(({ state }) => !isOver(state)).map(({ note }) => shownLanding(note));
  return withNames(standing, session);
}

function withNames(landings: readonly ShownLanding[], { store, self }: Session): Promise<ShownLanding[]> {
  return store.read((view) => landings.map((landing) => withName(landing, namesFor(view, self.name))));
}

/** All that are over, as far as this clone can see. */
export async function settleLandings(session: Session): Promise<void> {
  await settle(await look(undefined, session), session);
}

/** Of claims that are about to be released; by id, those with commits that are not merged. */
export async function unmergedOf(
  claims: readonly ClaimRecord[],
  { store, surroundings }: Session,
): Promise<ReadonlyMap<string, Unmerged>> {
  const found = new Map<string, Unmerged>();
  if (!store.policy.landing) return found;
  for (const { id, branch, paths: all } of claims.slice(0, looksMax)) {
    const paths = all.flatMap((path) => localPattern(path, store.place.repository) ?? []);
    if (paths.length === 0) continue;
    const unmerged = branch === undefined ? undefined : await surroundings.unmerged(branch, paths);
    if (unmerged !== undefined) found.set(id, unmerged);
  }
  return found;
}

async function look(asked: Claimed | undefined, { store, surroundings, self }: Session): Promise<Looked[]> {
  if (!store.policy.landing) return [];
  const notes = await store.read((view) => notesIn(view, asked));
  // Of branches of another repository git knows nothing here.
  const here = notes.flatMap((note) => {
    const paths = note.paths.flatMap((path) => localPattern(path, store.place.repository) ?? []);
    return paths.length === 0 ? [] : [{ ...note, paths }];
  });
  const looked = here.slice(0, looksMax);
  const states = await surroundings.landingStates(looked.map((note) => askedOf(note, self.host)));
  const stateById = new Map(looked.map(({ id }, n) => [id, states[n]]));
  return notes.map((note) => ({ note, state: stateById.get(note.id) ?? 'unknown' }));
}

async function settle(looked: readonly Looked[], session: Session): Promise<void> {
  const over = looked.filter(({ state }) => isOver(state)).map(({ note: { id, tip } }) => ({ id, tip }));
  if (over.length === 0) return;
  await act(
    session,
    (draft, context) => decideLanded(draft, over, context),
    () => undefined,
  );
}

/** The latest first. */
function notesIn(view: View, asked: Claimed | undefined): LandingRecord[] {
  const patterns = asked && patternsOf(asked, view.paths);
  return [...view.folder(landingFolder).values()]
    .filter((record): record is LandingRecord => record.kind === 'landing')
    .filter((note) => patterns === undefined || touches(note, patterns, view.paths))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

function askedOf({ branch, since, host, worktree, paths, tip }: LandingRecord, ownHost: string): AskedLanding {
  return { branch, sinceMs: msOf(since), worktree: host === ownHost ? (worktree ?? null) : null, paths, tip };
}

function isOver(state: LandingState): boolean {
  return state === 'merged' || state === 'gone';
}
