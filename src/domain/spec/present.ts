/** Specs as answers show them: the same keys in the command's JSON, in tools and in the library. */
import type { SpecRecord } from '../record/record.ts';
import { plainText } from '../text.ts';
import { diffLines } from './diff.ts';
import type { SpecReader } from './readers.ts';
import { countsOf } from './summary.ts';
import { unifiedHunks } from './unified.ts';

export interface ShownSpec {
  readonly name: string;
  readonly version: number;
  readonly by: string;
  /** That was a person, as the record says; absent of agents. */
  readonly fromPerson?: true;
  readonly at: string;
  readonly why: string | null;
  /** Why its author let through what looks like a secret; absent where nothing does. */
  readonly allowedSecret?: string;
  readonly text: string;
}

/** Without its text. */
export interface PublishedSpec extends Omit<ShownSpec, 'text'> {
  readonly bytes: number;
}

export interface ListedSpec extends PublishedSpec {
  /** Who is told of new versions, by name. */
  readonly subscribers: readonly string[];
  /** Who is known to have read it, and which version last. */
  readonly readers: readonly SpecReader[];
}

export interface ShownDifference {
  readonly from: number;
  readonly to: number;
  readonly added: number;
  readonly removed: number;
  /** Hunks of a unified diff; empty where the texts are the same. */
  readonly text: string;
}

export function shownSpec({ id, version, agent, person, at, why, allowedSecret, text }: SpecRecord): ShownSpec {
  return {
    ...{ name: id, version, by: agent, at, why: why ?? null },
    ...(person === true && { fromPerson: true as const }),
    ...(allowedSecret !== undefined && { allowedSecret }),
    text: plainText(text),
  };
}

export function publishedSpec(spec: SpecRecord): PublishedSpec {
  const { text, ...rest } = shownSpec(spec);
  return { ...rest, bytes: new TextEncoder().encode(text).length };
}

export function shownDifference(from: ShownSpec, to: ShownSpec): ShownDifference {
  const changes = diffLines(from.text, to.text);
  return { from: from.version, to: to.version, ...countsOf(changes), text: unifiedHunks(changes) };
}
