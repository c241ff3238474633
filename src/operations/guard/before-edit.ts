/** Before an edit: ours, free (and then claimed), or held by another. */
import { namesFor, withName } from '../../domain/agent/visibility.ts';
import { decideClaim } from '../../domain/claim/claim.ts';
import type { Rival } from '../../domain/claim/conflict.ts';
import type { HeldRival } from '../../domain/claim/verdict.ts';
import { editStep } from '../../domain/guard/edit.ts';
import { type GuardAnswer, nothingToSay } from '../../domain/guard/event.ts';
import { ownedByOthers } from '../../domain/guard/owners.ts';
import { stop, stopForOwners } from '../../domain/guard/stop.ts';
import { shortId } from '../../domain/id.ts';
import { type ShownLanding, toldLandings } from '../../domain/landing/present.ts';
import { escapePath } from '../../domain/pattern/escape.ts';
import { qualified } from '../../domain/pattern/repository.ts';
import { agentPath } from '../../domain/record/path.ts';
import type { Claimed } from '../../domain/record/patterns.ts';
import { listed } from '../../domain/text.ts';
import { act } from '../act.ts';
import { heldOn, verdictWorld } from '../check-edit.ts';
import { readingHere } from '../hub.ts';
import { landingsOf } from '../landing.ts';
import { ownUid } from '../own-uid.ts';
import { stay } from '../presence.ts';
import type { Session } from '../session.ts';

export async function beforeEdit(paths: readonly string[], session: Session): Promise<GuardAnswer> {
  const { store, self } = session;
  const { guard: policy, leaseSeconds } = store.policy;
  const { step, owned, nowMs } = await store.read((view, nowMs) => {
    const uid = ownUid(view, self);
    const world = verdictWorld(view, nowMs, session);
    const asked = {
      paths,
      held: heldOn(paths, view, store.place.repository),
      self: { uid, name: self.name },
      policy,
      leaseSeconds,
    };
    const known = view.record(agentPath(self.name));
    const tags = (known?.kind === 'agent' ? known.tags : undefined) ?? [];
    const owned = ownedByOthers(paths, store.policy.owners, { name: self.name, tags }, world);
    const found = editStep(asked, world);
    const names = namesFor(view, self.name);
    const step = 'rivals' in found ? { ...found, rivals: found.rivals.map((rival) => withName(rival, names)) } : found;
    return { step, owned, nowMs };
  });
  const isTaken = step.step === 'refuse' || step.step === 'ask' || step.step === 'warn';
  const forOwners = isTaken ? undefined : stopForOwners(owned, () => store.journals.warned.of(self.name));
  if (forOwners !== undefined) {
    store.journals.warned.note(self.name, forOwners.warnings);
    return forOwners.answer;
  }
  switch (step.step) {
    case 'nothing':
      return nothingToSay;
    case 'renew':
      await stay(session);
      return nothingToSay;
    case 'unsure':
      await stay(session);
      return { ...nothingToSay, context: unsureHint(step.ids, session) };
    case 'claim':
      return claimNow(step.paths, session, nowMs);
    default:
      return stopped(step.step, step.rivals, session, nowMs);
  }
}

/** A warning is noted, so that the same edit goes through the second time. */
export function stopped(
  how: 'refuse' | 'ask' | 'warn',
  rivals: readonly HeldRival[],
  { store, self }: Session,
  nowMs: number,
): GuardAnswer {
  const { answer, warnings } = stop(how, rivals, { nowMs, warned: () => store.journals.warned.of(self.name) });
  if (warnings.length > 0) store.journals.warned.note(self.name, warnings);
  return answer;
}

/** Somebody may have been quicker, or wait for the path already: then the claim's own refusal decides. */
async function claimNow(paths: readonly string[], session: Session, nowMs: number): Promise<GuardAnswer> {
  const own = session.store.place.repository;
  const files = paths.map((path) => qualified(escapePath(path), own));
  const intent = { paths: files, files, mode: 'exclusive', auto: true } as const;
  const answer = await act(
    session,
    (draft, context) => decideClaim(draft, intent, context),
    () => undefined,
  );
  if (answer.status === 'done') return { ...nothingToSay, context: await landingHint(intent, session) };
  if (answer.status !== 'refused' || answer.refusal.code !== 'claim-conflict') return nothingToSay;
  const { edits } = session.store.policy.guard;
  const read = await readingHere(session);
  const rivals = read((answer.refusal.data.rivals ?? []) as readonly Rival[]);
  return edits === 'off' ? nothingToSay : stopped(edits, rivals.map(heldRival), session, nowMs);
}

/** Said once of each claim: nobody can help it before the remote is there again. */
function unsureHint(ids: readonly string[], { store, self }: Session): string | undefined {
  const known = store.journals.warned.of(self.name);
  const fresh = ids.filter((id) => !known.has(`unsure ${id}`));
  if (fresh.length === 0) return undefined;
  store.journals.warned.note(
    self.name,
    fresh.map((id) => `unsure ${id}`),
  );
  return `intercom: the remote could not be told that you still hold ${listed(fresh.map(shortId))}, so another clone may take it by now. Look with git intercom sync before you go on.`;
}

/** Of work that is finished and not merged an agent hears once, at its first edit there. */
async function landingHint(claimed: Claimed, session: Session): Promise<string | undefined> {
  const { warned } = session.store.journals;
  const known = warned.of(session.self.name);
  const isNew = ({ id, tip }: ShownLanding) => !known.has(`landing ${id} ${tip}`);
  const landings = (await landingsOf(claimed, session)).filter(isNew);
  if (landings.length === 0) return undefined;
  warned.note(
    session.self.name,
    landings.map(({ id, tip }) => `landing ${id} ${tip}`),
  );
  return `intercom: ${toldLandings(landings)} Build on it, or ask its agent, before you change the same lines.`;
}

function heldRival({ state: _state, ...rival }: Rival): HeldRival {
  return rival;
}
