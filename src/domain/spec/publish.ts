/** Publishing: the text becomes the next version of its spec, and those who subscribed to it are told. */
import { register } from '../agent/register.ts';
import type { Context, Decision } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { personMark } from '../escalation/person.ts';
import { messageWrittenBytesMax, specTextBytesMax, whyCharsMax } from '../limits.ts';
import { specPath } from '../record/path.ts';
import type { SpecRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ended, oneLine, plainText } from '../text.ts';
import { whyNoSpecName } from './name.ts';
import { tellSubscribers } from './subscribers.ts';
import { summaryOf } from './summary.ts';

export interface PublishIntent {
  readonly name: string;
  readonly text: string;
  /** The version that the text was made from, 0 where there was none: another one by now is a refusal. */
  readonly base?: number | undefined;
  readonly why?: string | undefined;
}

export interface Published {
  readonly spec: SpecRecord;
  /** False where the present version has this very text: then nothing is written, whatever the base was. */
  readonly isNew: boolean;
}

export function decidePublish(draft: Draft, intent: PublishIntent, context: Context): Decision<Published> {
  const { name, base } = intent;
  const text = plainText(intent.text);
  const flaw = whyNoSpecName(name) ?? whyTooLarge(text);
  if (flaw !== undefined) return { ok: false, refusal: flaw };
  const current = draft.record(specPath(name));
  if (current !== undefined && current.kind !== 'spec') {
    const reason = current.kind === 'unreadable' ? current.reason : `it is a ${current.kind}`;
    const message = ended(`The record of the spec ${name} cannot be read: ${reason}`);
    return refuse('unknown-spec', message, 'Run git intercom doctor --fix to set it aside, and publish again.', {
      name,
    });
  }
  const why = intent.why === undefined ? undefined : oneLine(intent.why, whyCharsMax) || undefined;
  const headline = {
    op: 'publish',
    subject: `publish spec ${name} (${context.actor.name}): ${oneLine(why ?? summaryOf(current?.text, text), 120)}`,
    ids: [name],
  };
  if (current?.text === text) return { ok: true, result: { spec: current, isNew: false }, headline };
  if (base !== undefined && base !== (current?.version ?? 0)) return refuseMoved(name, base, current);
  const refusal = register(draft, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const { person: _person, ...kept } = current ?? {};
  const spec: SpecRecord = {
    ...kept,
    v: 1,
    id: name,
    kind: 'spec',
    agent: context.actor.name,
    at: context.now,
    uid: context.actor.uid,
    ...personMark(context),
    version: (current?.version ?? 0) + 1,
    why,
    allowedSecret: context.allowedSecret,
    text,
  };
  draft.put(specPath(name), spec);
  tellSubscribers(draft, context, spec, current?.text);
  return { ok: true, result: { spec, isNew: true }, headline };
}

function refuseMoved(name: string, base: number, current: SpecRecord | undefined) {
  if (current === undefined) {
    const message = `There is no spec ${name}, and so no version ${base} of it.`;
    return refuse('spec-moved', message, 'Publish it without a base.', { name, base, version: 0 });
  }
  const { version, agent: by, at } = current;
  if (base > version) {
    const message = `The spec ${name} has no version ${base}: ${version} is the newest.`;
    return refuse('spec-moved', message, `Run git intercom spec show ${name}.`, { name, base, version, by, at });
  }
  const message =
    base === 0
      ? `There is a spec ${name} already: ${by} published version ${version}.`
      : `The spec ${name} has moved on from version ${base}: ${by} published version ${version}.`;
  const look = base === 0 ? `git intercom spec show ${name}` : `git intercom spec diff ${name} ${base} ${version}`;
  const next = `Run ${look}, bring your text up to date, and publish it with --base ${version}.`;
  return refuse('spec-moved', message, next, { name, base, version, by, at });
}

function whyTooLarge(text: string): Refusal | undefined {
  const bytes = new TextEncoder().encode(text).length;
  const next = 'Publish parts of it as specs of their own, or commit it as a file and publish where that is.';
  if (bytes > specTextBytesMax) {
    const message = `The spec has ${bytes} bytes, and ${specTextBytesMax} is the most.`;
    return refuse('too-large', message, next, { bytes, bytesMax: specTextBytesMax }).refusal;
  }
  // As in a message: quoted, a character can take twice its bytes; each line is indented.
  const written = 2 * bytes + 12 * text.split('\n').length;
  if (written <= messageWrittenBytesMax) return undefined;
  const message = `With all its lines the spec may take ${written} bytes as a record, and ${messageWrittenBytesMax} is the most.`;
  return refuse('too-large', message, next, { bytes: written, bytesMax: messageWrittenBytesMax }).refusal;
}
