/** From decoded YAML to a record, and back to the order of fields that the file has. Total: never throws. */

import { pathsPerClaimMax } from '../limits.ts';
import { kindOf } from './path.ts';
import type { AnyRecord, LiveRecord, RecordKind } from './record.ts';
import { schemasByKind } from './schema.ts';

/**
 * What `path` holds. The folder decides the kind; a record that names another kind, or another id than its file,
 * is unreadable: obeying it would let one file speak for another.
 */
export function parseRecord(
  path: string,
  decoded: { ok: true; value: unknown } | { ok: false; reason: string },
): AnyRecord {
  const id = path.slice(path.lastIndexOf('/') + 1);
  if (!decoded.ok) return { kind: 'unreadable', id, reason: decoded.reason, paths: ['**'] };
  const kind = kindOf(path);
  if (kind === undefined)
    return { kind: 'unreadable', id, reason: 'no kind of record lives in this folder', paths: [] };
  const version = (decoded.value as { v?: unknown } | null)?.v;
  if (typeof version === 'number' && version > versionNow) {
    const reason = `a newer version of git-intercom wrote it, as version ${version} of such records`;
    return { kind: 'unreadable', id, reason, paths: pathsOf(decoded.value), isNewer: true };
  }
  const parsed = schemasByKind[kind].safeParse(decoded.value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') || 'the record';
    return {
      kind: 'unreadable',
      id,
      reason: `${where}: ${issue?.message ?? 'is not valid'}`,
      paths: pathsOf(decoded.value),
    };
  }
  const record = parsed.data as LiveRecord;
  const named = kind === 'agent' || kind === 'subscription' ? record.agent : record.id;
  if (named !== id) {
    return {
      kind: 'unreadable',
      id,
      reason: `it names ${JSON.stringify(named)}, its file ${id}`,
      paths: pathsOf(decoded.value),
    };
  }
  return record;
}

/** The `v` of every record. */
const versionNow = 1;

function pathsOf(value: unknown): readonly string[] {
  const paths = (value as { paths?: unknown } | null)?.paths;
  const texts = Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
  return texts.length > 0 && texts.length <= pathsPerClaimMax ? texts : ['**'];
}

const fieldsByKind = new Map<RecordKind, readonly string[]>(
  Object.entries(schemasByKind).map(([kind, schema]) => [kind as RecordKind, Object.keys(schema.shape)]),
);

/** The record with its fields in the order of the schema, unknown ones after them in the order they came. */
export function inFieldOrder(record: LiveRecord): Record<string, unknown> {
  const source = record as unknown as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const field of fieldsByKind.get(record.kind) ?? []) {
    if (source[field] !== undefined) ordered[field] = source[field];
  }
  for (const field of Object.keys(source)) {
    if (!Object.hasOwn(ordered, field) && source[field] !== undefined) ordered[field] = source[field];
  }
  return ordered;
}
