/** Specs as text. */
import type { ListedSpec, ShownDifference, ShownSpec } from '../../domain/spec/present.ts';
import type { SpecReader } from '../../domain/spec/readers.ts';
import { counted, listed } from '../../domain/text.ts';
import type { SpecVersions } from '../../operations/spec-history.ts';
import type { PublishedSpec } from '../../operations/spec-publish.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { ago, nameWord } from './words.ts';

/** What the parts of the command answer. */
export type SpecAnswer =
  | PublishedSpec
  | { readonly spec: ShownSpec; readonly diff: ShownDifference }
  | { readonly spec: ShownSpec }
  | SpecVersions
  | { readonly specs: readonly ListedSpec[] };

export function renderSpec(answer: SpecAnswer, telling: Telling, isRaw: boolean): string {
  if ('specs' in answer) return list(answer.specs, telling);
  if ('versions' in answer) return versions(answer, telling);
  if ('isNew' in answer) return published(answer, telling);
  if ('diff' in answer) return difference(answer, telling);
  // The terminal ends what it prints with a line feed.
  const text = answer.spec.text.replace(/\n$/, '');
  return isRaw ? text : `${head(answer.spec, telling)}\n\n${text}`;
}

function list(specs: readonly ListedSpec[], telling: Telling): string {
  if (specs.length === 0) return 'No specs are published here.';
  const { paint, columns } = telling.terminal;
  const rows = specs.map(({ name, version, by, at, why, subscribers, readers }) => [
    `${paint('bold', name)}@${version}`,
    nameWord(by, telling),
    paint('dim', ago(at, telling)),
    subscribers.length === 0 ? '' : `subscribed: ${listed(subscribers, 3)}`,
    readers.length === 0 ? '' : `read: ${listed(readers.map(readerWord), 3)}`,
    why ?? '',
  ]);
  return aligned(rows, columns).join('\n');
}

function readerWord({ agent, version }: SpecReader): string {
  return `${agent} (${version})`;
}

/** Newest first, each with those who have read it last. */
function versions({ versions: all, readers }: SpecVersions, telling: Telling): string {
  const { paint, columns } = telling.terminal;
  const rows = all.map(({ name, version, by, at, why }) => {
    const read = readers.filter((reader) => reader.version === version).map(({ agent }) => agent);
    return [
      `${paint('bold', name)}@${version}`,
      nameWord(by, telling),
      paint('dim', ago(at, telling)),
      read.length === 0 ? '' : `read: ${listed(read, 5)}`,
      why ?? '',
    ];
  });
  return aligned(rows, columns).join('\n');
}

function published({ spec, isNew, provisional }: PublishedSpec, { terminal }: Telling): string {
  const { name, version, by } = spec;
  if (!isNew) return `The spec ${name} has this text already: version ${version}, by ${by}.`;
  const said = `${terminal.paint('green', 'Published')} version ${version} of the spec ${terminal.paint('bold', name)}`;
  if (provisional === undefined) return `${said}.`;
  const doubt = terminal.paint('yellow', ', provisionally: elsewhere there may be a newer one than its base');
  return `${said}${doubt}.\n  ${provisional.why} ${provisional.next}`;
}

function difference(
  { spec, diff }: { readonly spec: ShownSpec; readonly diff: ShownDifference },
  telling: Telling,
): string {
  const { paint } = telling.terminal;
  const { from, to, added, removed, text } = diff;
  if (from === to)
    return `${head(spec, telling)}\n\n${to === 1 ? 'There is no version before it.' : 'That is one and the same version.'}`;
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('@@')) return paint('cyan', line);
    if (line.startsWith('+')) return paint('green', line);
    return line.startsWith('-') ? paint('red', line) : line;
  });
  const counts = `from version ${from}: ${counted(added, 'line')} added, ${removed} removed`;
  return `${head(spec, telling)}\n${counts}\n\n${lines.join('\n').trimEnd()}`.trimEnd();
}

/** `api@3  bold-fox, 5m ago: codes are numbers`. */
function head({ name, version, by, at, why }: ShownSpec, telling: Telling): string {
  const { paint } = telling.terminal;
  const reason = why === null ? '' : `: ${why}`;
  return `${paint('bold', name)}@${version}  ${nameWord(by, telling)}, ${paint('dim', ago(at, telling))}${reason}`;
}
