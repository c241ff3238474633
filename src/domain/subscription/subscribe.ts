/** An agent names paths that it depends on, to be told when others claim or change them. It reserves nothing. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { pathsPerClaimMax } from '../limits.ts';
import { parsePattern } from '../pattern/parse.ts';
import { wordsOf } from '../pattern/readings.ts';
import { subscriptionPath } from '../record/path.ts';
import type { Claimed } from '../record/patterns.ts';
import type { SubscriptionRecord } from '../record/record.ts';
import { refuse } from '../refusal.ts';
import { whyNoSpecName } from '../spec/name.ts';
import { specOfResource } from '../spec/subscribers.ts';
import { listed, oneLine } from '../text.ts';

export interface SubscribeIntent {
  readonly add: Claimed;
  readonly remove: readonly string[];
  readonly removeAll: boolean;
}

/** Answers what the agent is subscribed to then. Asked for what is so already, it writes nothing. */
export function decideSubscribe(
  draft: Draft,
  { add, remove, removeAll }: SubscribeIntent,
  context: Context,
): Decision<{ readonly paths: readonly string[] }> {
  const before = subscriptionOf(draft, context);
  const kept = removeAll ? [] : withoutMeant(before?.paths ?? [], remove, draft);
  const sources: string[] = [];
  for (const path of add.paths) {
    const parsed = parsePattern(path, draft.view.paths);
    if (!parsed.ok) {
      const message = `${JSON.stringify(oneLine(path, 80))} is no path pattern. ${parsed.reason}`;
      return refuse(
        'bad-pattern',
        message,
        'Patterns are paths from the top of the repository, with ?, *, ** and {a,b}.',
      );
    }
    const spec = specOfResource(parsed.pattern.source);
    const flaw = spec === undefined ? undefined : whyNoSpecName(spec);
    if (flaw !== undefined) return { ok: false, refusal: flaw };
    sources.push(parsed.pattern.source);
  }
  const paths = [...new Set([...kept, ...sources])].sort();
  if (paths.length > pathsPerClaimMax) {
    const message = `An agent is subscribed to at most ${pathsPerClaimMax} paths, and this would be ${paths.length}.`;
    return refuse('too-many', message, 'Name a folder, such as src/api, instead of each file.');
  }
  const headline = {
    op: 'subscribe',
    subject: `subscribe to ${oneLine(listed(paths) || 'nothing', 120)} (${context.actor.name})`,
    ids: [context.actor.uid],
  };
  if (paths.join('\n') === (before?.paths ?? []).join('\n')) return { ok: true, result: { paths }, headline };
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  if (paths.length === 0) draft.remove(subscriptionPath(context.actor.name));
  else draft.put(subscriptionPath(context.actor.name), recordOf(before, { paths, add }, context));
  return { ok: true, result: { paths }, headline };
}

/** `lib` ends what was begun by `lib/**`: they are the same. So are the same words, whatever stood there then. */
function withoutMeant(paths: readonly string[], remove: readonly string[], draft: Draft): readonly string[] {
  const meantBy = (path: string) => {
    const parsed = parsePattern(path, draft.view.paths);
    return parsed.ok ? wordsOf(parsed.pattern) : path;
  };
  const ended = new Set(remove.map(meantBy));
  return paths.filter((path) => !ended.has(meantBy(path)));
}

/** That of another who had the name before is none of ours. */
function subscriptionOf(draft: Draft, { actor }: Context): SubscriptionRecord | undefined {
  const record = draft.record(subscriptionPath(actor.name));
  return record?.kind === 'subscription' && record.uid === actor.uid ? record : undefined;
}

function recordOf(
  before: SubscriptionRecord | undefined,
  { paths, add }: { readonly paths: string[]; readonly add: Claimed },
  { actor, now }: Context,
): SubscriptionRecord {
  const files = [...new Set([...(before?.files ?? []), ...(add.files ?? [])])].filter((path) => paths.includes(path));
  return {
    ...before,
    v: 1,
    id: actor.uid,
    kind: 'subscription',
    agent: actor.name,
    at: now,
    uid: actor.uid,
    paths,
    files: files.length > 0 ? files : undefined,
  };
}
