/**
 * Where a record lives: its logical path, `claims/<id>`, without shard folders and without `.yaml`.
 * How a logical path is spread over folders of the tree is the store's business.
 */
import type { RecordKind } from './record.ts';

export const agentsFolder = 'agents';
export const claimsFolder = 'claims';
export const waitingFolder = 'waiting';
export const broadcastFolder = 'broadcast';
export const fencePath = 'fence';

export const agentPath = (name: string): string => `agents/${name}`;
export const claimPath = (id: string): string => `claims/${id}`;
export const waitingPath = (id: string): string => `waiting/${id}`;
export const inboxFolder = (agent: string): string => `inbox/${agent}`;
export const inboxPath = (agent: string, id: string): string => `inbox/${agent}/${id}`;
export const broadcastPath = (id: string): string => `broadcast/${id}`;
export const messagesFolder = 'messages';
export const messagePath = (id: string): string => `messages/${id}`;
/** Replies only: the message that began a thread has the thread's id and lies in `messages`. */
export const threadFolder = (thread: string): string => `threads/${thread}`;
export const threadPath = (thread: string, id: string): string => `threads/${thread}/${id}`;
export const receiptPath = (message: string): string => `receipts/${message}`;
export const keysFolder = 'keys';
export const keyPath = (id: string): string => `keys/${id}`;

const kindByFolder: Readonly<Record<string, RecordKind>> = {
  agents: 'agent',
  claims: 'claim',
  waiting: 'waiting',
  inbox: 'message',
  broadcast: 'message',
  messages: 'message',
  threads: 'message',
  receipts: 'receipt',
  keys: 'key',
};

export function kindOf(path: string): RecordKind | undefined {
  if (path === fencePath) return 'fence';
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : kindByFolder[path.slice(0, slash)];
}

/** `claims` of `claims/<id>`, `inbox/<agent>` of `inbox/<agent>/<id>`, the empty text of `fence`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
