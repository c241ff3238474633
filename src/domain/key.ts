/**
 * Idempotency keys: a request that is sent again after a timeout gets the first result, for a day.
 * A key belongs to one agent; the same key for another request is refused, for it hides a mistake.
 */
import { shownClaim } from './claim/present.ts';
import type { Context, Decision } from './decision.ts';
import type { Draft } from './draft.ts';
import { keyCharsMax, keySeconds } from './limits.ts';
import { shownMessage } from './message/present.ts';
import { keyPath } from './record/path.ts';
import type { AnyRecord, KeyRecord } from './record/record.ts';
import { refuse } from './refusal.ts';
import { oneLine } from './text.ts';
import { instantOf, msOf } from './time.ts';

export interface KeyedRequest {
  readonly op: string;
  readonly key: string | undefined;
  /** What the request asked for; only compared. */
  readonly fingerprint: string;
}

/** The first result as it was, or a refusal when the key meant something else; undefined for a new key. */
export function recallKey<T>(draft: Draft, request: KeyedRequest, context: Context): Decision<T> | undefined {
  if (request.key === undefined) return undefined;
  const known = draft.record(keyPath(idOf(request.key, context)));
  if (known?.kind !== 'key' || msOf(known.expires) <= context.nowMs) return undefined;
  if (known.op !== request.op || known.fingerprint !== hash(request.fingerprint)) {
    return refuse(
      'key-reused',
      `The key ${oneLine(request.key, 80)} was used for another ${known.op} at ${known.at}.`,
      'Use a new key for a new request.',
      { first: shownFirst(known.result, draft, context) },
    );
  }
  return { ok: true, result: known.result as T, headline: { op: request.op, subject: '', ids: [] } };
}

/** As the first answer showed it, and not as it is recorded. */
function shownFirst(result: KeyRecord['result'], draft: Draft, { nowMs }: Context): Readonly<Record<string, unknown>> {
  if (isRecord(result.claim, 'claim')) return { claim: shownClaim(result.claim, nowMs, draft.view.provisional) };
  if (isRecord(result.message, 'message')) return { message: shownMessage(result.message) };
  return result;
}

function isRecord<Kind extends AnyRecord['kind']>(
  value: unknown,
  kind: Kind,
): value is Extract<AnyRecord, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

export function rememberKey(
  draft: Draft,
  request: KeyedRequest & { readonly result: Readonly<Record<string, unknown>> },
  context: Context,
): void {
  if (request.key === undefined) return;
  const id = idOf(request.key, context);
  const record: KeyRecord = {
    v: 1,
    id,
    kind: 'key',
    agent: context.actor.name,
    at: context.now,
    uid: context.actor.uid,
    key: oneLine(request.key, keyCharsMax),
    op: request.op,
    fingerprint: hash(request.fingerprint),
    expires: instantOf(context.nowMs + keySeconds * 1000),
    result: request.result,
  };
  draft.put(keyPath(id), record);
}

function idOf(key: string, { actor }: Context): string {
  return hash(`${actor.uid}\n${key}`);
}

/** FNV-1a, twice with different offsets, as 26 characters of base 36 at most: names files, keeps no secrets. */
function hash(text: string): string {
  const mask = 0xffff_ffff_ffff_ffffn;
  const fnv = (offset: bigint): bigint => {
    let state = offset;
    for (const byte of new TextEncoder().encode(text)) state = ((state ^ BigInt(byte)) * 0x100_0000_01b3n) & mask;
    return state;
  };
  return `k${fnv(0xcbf2_9ce4_8422_2325n).toString(36)}${fnv(0x9ae1_6a3b_2f90_404fn).toString(36)}`;
}
