/** One version of a spec: the present one from the tree, an earlier one from the history of its file. */
import { nearest } from '../domain/agent/name.ts';
import { specPath, specsFolder } from '../domain/record/path.ts';
import type { SpecRecord } from '../domain/record/record.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { whyNoSpecName } from '../domain/spec/name.ts';
import { instantOf } from '../domain/time.ts';
import { type Answer, done, refused } from './answer.ts';
import type { Session } from './session.ts';

type Reading = Pick<Session, 'store'>;

/** The versions asked for, in that order; undefined is the present one. The history is walked once, and no further than it takes. */
export async function specVersions(
  name: string,
  asked: readonly (number | undefined)[],
  session: Reading,
): Promise<Answer<readonly SpecRecord[]>> {
  const present = await presentSpec(name, session);
  if (present.status !== 'done') return present;
  const current = present.value;
  const wanted = asked.map((version) => version ?? current.version);
  const found = new Map([[current.version, current]]);
  const beyond = wanted.find((version) => version < 1 || version > current.version);
  if (beyond !== undefined) return refused(unknownVersion(name, beyond, current));
  const missing = new Set(wanted.filter((version) => !found.has(version)));
  if (missing.size > 0) {
    for await (const record of session.store.past(specPath(name))) {
      if (record.kind !== 'spec' || !missing.delete(record.version)) continue;
      found.set(record.version, record);
      if (missing.size === 0) break;
    }
  }
  const [lost] = missing;
  if (lost !== undefined) return refused(outOfReach(name, lost, session));
  return done(wanted.map((version) => found.get(version) as SpecRecord));
}

/** Goes into the reader's record with its next commit. */
export async function noteRead(
  { name, version }: { readonly name: string; readonly version: number },
  { store, self }: Pick<Session, 'store' | 'self'>,
): Promise<void> {
  const nowMs = await store.read((_view, nowMs) => nowMs);
  store.journals.reads.note(self.name, [`${name}@${version}`], instantOf(nowMs));
}

export async function presentSpec(name: string, { store }: Reading): Promise<Answer<SpecRecord>> {
  const flaw = whyNoSpecName(name);
  if (flaw !== undefined) return refused(flaw);
  return store.read((view) => {
    const record = view.record(specPath(name));
    if (record?.kind === 'spec') return done(record);
    if (record?.kind === 'unreadable') {
      const message = `The record of the spec ${name} cannot be read: ${record.reason}.`;
      return refused(refuse('unknown-spec', message, 'Run git intercom doctor.', { name }).refusal);
    }
    const near = nearest(name, view.folder(specsFolder).keys());
    const next = near.length === 0 ? 'Run git intercom spec list to see them.' : `Did you mean ${near.join(', ')}?`;
    return refused(refuse('unknown-spec', `There is no spec ${name}.`, next, { name, nearest: near }).refusal);
  });
}

function unknownVersion(name: string, version: number, current: SpecRecord): Refusal {
  const message = `The spec ${name} has no version ${version}: ${current.version} is the newest.`;
  const next = `Run git intercom spec show ${name}@${current.version}.`;
  return refuse('unknown-spec', message, next, { name, version: current.version }).refusal;
}

function outOfReach(name: string, version: number, { store }: Reading): Refusal {
  const next = store.place.isShallow
    ? 'This clone is shallow: run git fetch --unshallow, and ask again.'
    : `Run git log ${store.policy.branch} -- .intercom/specs to see what there is.`;
  const message = `Version ${version} of the spec ${name} is not in the history that is here.`;
  return refuse('unknown-spec', message, next, { name, version }).refusal;
}
