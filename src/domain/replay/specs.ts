/**
 * A published text is a fact: it is kept, whatever the authority holds meanwhile. Where that has moved on, the text becomes
 * the version after, and its author is told what it follows now, and the author of that what follows it. Subscribers are told anew: the number may be another.
 */
import { notify } from '../message/notify.ts';
import { specsFolder } from '../record/path.ts';
import type { SpecRecord } from '../record/record.ts';
import { tellSubscribers } from '../spec/subscribers.ts';
import { editsIn } from './past.ts';
import type { Round } from './round.ts';
import { isSameRecord } from './three-way.ts';

export function replaySpecs(round: Round): void {
  const { draft, context, past } = round;
  for (const { path, before, after } of editsIn(specsFolder, past)) {
    const current = draft.record(path);
    if (after === undefined) {
      if (before !== undefined && before.kind !== 'unreadable' && isSameRecord(before, current)) draft.remove(path);
    } else if (after.kind === 'spec') {
      const known = current?.kind === 'spec' ? current : undefined;
      if (known?.text === after.text) continue;
      const spec = known === undefined ? after : { ...after, version: known.version + 1 };
      draft.put(path, spec);
      tellSubscribers(draft, context, spec, known?.text);
      // Earlier publishes of the same chain may have moved the number; then its author has been told of that one.
      const isBase = before?.kind === 'spec' && before.text === known?.text;
      if (known === undefined || isBase) continue;
      tellAuthor(round, after, spec, known);
      if (known.uid !== spec.uid) tellReplaced(round, spec, known);
    }
  }
}

function tellAuthor({ draft, context }: Round, was: SpecRecord, is: SpecRecord, known: SpecRecord): void {
  const { id: name, version } = is;
  notify(draft, context, {
    to: is.agent,
    subject: `Your version ${was.version} of the spec ${name} is version ${version}: ${known.agent} published before you`,
    text: `On the remote the spec ${name} had version ${known.version} by ${known.agent} already, and your text now stands after it without what that changed. Look with git intercom spec diff ${name} ${known.version} ${version}, and publish a text that has both.`,
    about: { what: 'renumbered', claims: [], spec: name, version },
  });
}

function tellReplaced({ draft, context }: Round, spec: SpecRecord, known: SpecRecord): void {
  const { id: name, version, agent } = spec;
  notify(draft, context, {
    to: known.agent,
    importance: 'normal',
    subject: `${agent} published version ${version} of the spec ${name} without your version ${known.version}`,
    text: `${agent} had not seen your version ${known.version} of the spec ${name}: the newest text was made without what that changed. Look with git intercom spec diff ${name} ${known.version} ${version}; ${agent} is told, too.`,
    about: { what: 'renumbered', claims: [], spec: name, version },
  });
}
