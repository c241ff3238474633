/** What those who watch are told when the branch moves: one notice for each thing that happened to a record. */
import type { Names } from '../agent/visibility.ts';

export type NoticeKind =
  | 'claimed'
  | 'offered'
  | 'renewed'
  | 'handed-over'
  | 'released'
  | 'waiting'
  | 'wait-ended'
  | 'message'
  | 'asked'
  | 'answered'
  | 'escalated'
  | 'ask-over'
  | 'delivered'
  | 'acknowledged'
  | 'completed'
  | 'joined'
  | 'status'
  | 'left'
  | 'published'
  | 'room-created'
  | 'room-topic'
  | 'member-joined'
  | 'member-left'
  | 'unreadable';

export interface Notice {
  readonly kind: NoticeKind;
  /** When it happened by the record; when it was seen, for a record that is gone. */
  readonly at: string;
  /** Who did it, or whose record it is. */
  readonly agent: string;
  readonly id: string;
  readonly paths: readonly string[];
  /** One line, for a person. */
  readonly text: string;
  /** It is about something of the watching agent's, or said to it. */
  readonly forYou: boolean;
}

/** For whom a notice is made. */
export interface Watcher {
  readonly name: string;
  /** As it may be told the names of others; absent, all of them. */
  readonly names?: Names;
  /** When the change was seen. */
  readonly now: string;
}
