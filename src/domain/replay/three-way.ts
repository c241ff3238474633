/** Somebody changed a record and somebody else meanwhile the same one: what was changed here goes onto what is there. */
import { inFieldOrder } from '../record/parse.ts';
import type { AnyRecord, LiveRecord } from '../record/record.ts';

/** Fields that differ between `before` and `after` come from `after`, all others from `current`. */
export function merged<T extends object>(before: T | undefined, after: T, current: T): T {
  const result = { ...current } as Record<string, unknown>;
  const [old, now] = [{ ...before } as Record<string, unknown>, { ...after } as Record<string, unknown>];
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (JSON.stringify(old[field]) !== JSON.stringify(now[field])) result[field] = now[field];
  }
  return result as T;
}

export function isSameRecord(one: AnyRecord | undefined, other: AnyRecord | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return textOf(one) === textOf(other);
}

function textOf(record: AnyRecord): string {
  return JSON.stringify(record.kind === 'unreadable' ? record : inFieldOrder(record as LiveRecord));
}
