/** Who wants to be told of a spec: agents subscribe to `spec:<name>` as they do to a path. */
import type { Context } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { notify } from '../message/notify.ts';
import { subscriptionsFolder } from '../record/path.ts';
import type { AnyRecord, SpecRecord, SubscriptionRecord } from '../record/record.ts';
import { ended } from '../text.ts';
import { summaryOf } from './summary.ts';

const scheme = 'spec:';

/** The resource that stands for the spec in subscriptions; it can be claimed, like any. */
export function specResource(name: string): string {
  return `${scheme}${name}`;
}

/** The name of the spec that a resource stands for, whether such a name can be or not; undefined for any other path. */
export function specOfResource(path: string): string | undefined {
  return path.startsWith(scheme) ? path.slice(scheme.length) : undefined;
}

export function subscribersOf(name: string, subscriptions: Iterable<AnyRecord>): SubscriptionRecord[] {
  const resource = specResource(name);
  return [...subscriptions]
    .filter((record): record is SubscriptionRecord => record.kind === 'subscription' && record.paths.includes(resource))
    .sort((a, b) => (a.agent < b.agent ? -1 : 1));
}

/** A quiet notice to each but the publisher: it wakes nobody. `before` is the text that the new version took over. */
export function tellSubscribers(draft: Draft, context: Context, spec: SpecRecord, before: string | undefined): void {
  const { id: name, version, why } = spec;
  const told = subscribersOf(name, draft.folder(subscriptionsFolder)).filter(({ uid }) => uid !== context.actor.uid);
  if (told.length === 0) return;
  const summary = ended(summaryOf(before, spec.text));
  const reason = why === undefined ? '' : ` Why: ${ended(why)}`;
  const read =
    version === 1
      ? `git intercom spec show ${name}@1 has it.`
      : `git intercom spec diff ${name} ${version - 1} ${version} shows what changed.`;
  for (const { agent: to } of told) {
    notify(draft, context, {
      to,
      subject: `${context.actor.name} published version ${version} of the spec ${name}`,
      text: `${summary}${reason} ${read}`,
      importance: 'low',
      about: { what: 'published', claims: [], spec: name, version },
    });
  }
}
