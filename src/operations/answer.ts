/** What an operation answers: done, refused, or not yet. The world failing is thrown. */
import type { Refusal } from '../domain/refusal.ts';

export type Answer<T> =
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  /** A wait ran out; `value` has the id to go on waiting with. */
  | { readonly status: 'pending'; readonly value: Readonly<Record<string, unknown>> };

export function done<T>(value: T): Answer<T> {
  return { status: 'done', value };
}

export function refused(refusal: Refusal): Answer<never> {
  return { status: 'refused', refusal };
}
