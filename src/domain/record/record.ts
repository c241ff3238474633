/** The records as plain data. Types only: the rules are in schema.ts, reading is in parse.ts. */
import type * as z from 'zod';
import type { messageSchema, receiptSchema } from '../message/schema.ts';
import type {
  agentSchema,
  claimSchema,
  fenceSchema,
  keySchema,
  landingSchema,
  processSchema,
  roomKeySchema,
  roomSchema,
  specSchema,
  subscriptionSchema,
  waitingSchema,
} from './schema.ts';

/** Known fields only: what else a file holds is carried along untyped. */
type Known<T> = { readonly [K in keyof T as string extends K ? never : K]: T[K] };

export type AgentRecord = Known<z.infer<typeof agentSchema>>;
export type ClaimRecord = Known<z.infer<typeof claimSchema>>;
export type WaitingRecord = Known<z.infer<typeof waitingSchema>>;
export type LandingRecord = Known<z.infer<typeof landingSchema>>;
export type MessageRecord = Known<z.infer<typeof messageSchema>>;
export type ReceiptRecord = Known<z.infer<typeof receiptSchema>>;
export type KeyRecord = Known<z.infer<typeof keySchema>>;
export type FenceRecord = Known<z.infer<typeof fenceSchema>>;
export type SubscriptionRecord = Known<z.infer<typeof subscriptionSchema>>;
export type SpecRecord = Known<z.infer<typeof specSchema>>;
export type RoomRecord = Known<z.infer<typeof roomSchema>>;
export type RoomKeyRecord = Known<z.infer<typeof roomKeySchema>>;
export type ProcessEvidence = Known<z.infer<typeof processSchema>>;

/**
 * A file that cannot be read as what its folder says. It is kept, counted and shown, and never stops the others.
 * `paths` is what could still be made out of a claim's paths; a claim of which nothing can be made out holds `**`.
 */
export interface UnreadableRecord {
  readonly kind: 'unreadable';
  readonly id: string;
  readonly reason: string;
  readonly paths: readonly string[];
  /** A newer version wrote it, and can read it: it is nobody's here to set aside. */
  readonly isNewer?: true;
}

export type LiveRecord =
  | AgentRecord
  | ClaimRecord
  | WaitingRecord
  | LandingRecord
  | MessageRecord
  | ReceiptRecord
  | KeyRecord
  | FenceRecord
  | SubscriptionRecord
  | SpecRecord
  | RoomRecord
  | RoomKeyRecord;

export type AnyRecord = LiveRecord | UnreadableRecord;
export type RecordKind = LiveRecord['kind'];
export type ClaimMode = ClaimRecord['mode'];
export type AgentState = AgentRecord['state'];
