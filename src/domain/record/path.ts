/**
 * Where a record lives: its logical path, `claims/<id>`, without shard folders and without `.yaml`.
 * How a logical path is spread over folders of the tree is the store's business.
 */
import type { RecordKind } from './record.ts';

export const agentsFolder = 'agents';
export const claimsFolder = 'claims';
export const waitingFolder = 'waiting';
export const landingFolder = 'landing';
export const broadcastFolder = 'broadcast';
export const fencePath = 'fence';

export const agentPath = (name: string): string => `agents/${name}`;
export const claimPath = (id: string): string => `claims/${id}`;
export const waitingPath = (id: string): string => `waiting/${id}`;
export const landingPath = (id: string): string => `landing/${id}`;
export const inboxFolder = (agent: string): string => `inbox/${agent}`;
export const inboxPath = (agent: string, id: string): string => `inbox/${agent}/${id}`;
export const broadcastPath = (id: string): string => `broadcast/${id}`;
/** Open ones only; the same blob as in `messages`. */
export const asksFolder = 'asks';
export const askPath = (id: string): string => `asks/${id}`;
/** Open ones only; the same blob as in `messages`. */
export const escalationsFolder = 'escalations';
export const escalationPath = (id: string): string => `escalations/${id}`;
/** What wants an acknowledgement that the policy watches; the same blob as in `messages`. */
export const awaitedFolder = 'awaited';
export const awaitedPath = (id: string): string => `awaited/${id}`;
export const messagesFolder = 'messages';
export const messagePath = (id: string): string => `messages/${id}`;
/** Replies only: the message that began a thread has the thread's id and lies in `messages`. */
export const threadFolder = (thread: string): string => `threads/${thread}`;
export const threadPath = (thread: string, id: string): string => `threads/${thread}/${id}`;
export const receiptsFolder = 'receipts';
export const receiptPath = (message: string): string => `receipts/${message}`;
export const subscriptionsFolder = 'subscriptions';
export const subscriptionPath = (agent: string): string => `subscriptions/${agent}`;
export const specsFolder = 'specs';
export const specPath = (name: string): string => `specs/${name}`;
export const roomsFolder = 'rooms';
export const roomPath = (name: string): string => `rooms/${name}`;
/** The keys of one membership of a room, in whatever hands they were put. */
export const roomKeysFolder = (epoch: string): string => `roomkeys/${epoch}`;
export const roomKeyPath = (epoch: string, id: string): string => `roomkeys/${epoch}/${id}`;
export const keysFolder = 'keys';
export const keyPath = (id: string): string => `keys/${id}`;

/** The kind that lives in a folder, and how many names lead to a record of it. */
const placesByFolder: ReadonlyMap<string, { readonly kind: RecordKind; readonly names: number }> = new Map([
  ['agents', { kind: 'agent', names: 2 }],
  ['claims', { kind: 'claim', names: 2 }],
  ['waiting', { kind: 'waiting', names: 2 }],
  ['landing', { kind: 'landing', names: 2 }],
  ['inbox', { kind: 'message', names: 3 }],
  ['broadcast', { kind: 'message', names: 2 }],
  ['asks', { kind: 'message', names: 2 }],
  ['escalations', { kind: 'message', names: 2 }],
  ['awaited', { kind: 'message', names: 2 }],
  ['messages', { kind: 'message', names: 2 }],
  ['threads', { kind: 'message', names: 3 }],
  ['receipts', { kind: 'receipt', names: 2 }],
  ['subscriptions', { kind: 'subscription', names: 2 }],
  ['specs', { kind: 'spec', names: 2 }],
  ['rooms', { kind: 'room', names: 2 }],
  ['roomkeys', { kind: 'roomkey', names: 3 }],
  ['keys', { kind: 'key', names: 2 }],
]);

/** Undefined for a path where no record of this version lives. */
export function kindOf(path: string): RecordKind | undefined {
  if (path === fencePath) return 'fence';
  const names = path.split('/');
  const place = placesByFolder.get(names[0] as string);
  return place?.names === names.length ? place.kind : undefined;
}

/** A folder that this version knows nothing of: a newer one may have made it, and it is left alone. */
export function isOfNewerVersion(path: string): boolean {
  return path !== fencePath && !placesByFolder.has(path.split('/', 1)[0] as string);
}

/** `claims` of `claims/<id>`, `inbox/<agent>` of `inbox/<agent>/<id>`, the empty text of `fence`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
