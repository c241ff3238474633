/** What a client may read and subscribe to: the inbox, the claims, the agents, each thread and each spec. */
import type { Resource, ResourceTemplate } from '@modelcontextprotocol/sdk/types.js';
import { splitReference } from '../domain/spec/name.ts';
import type { ListedSpec } from '../domain/spec/present.ts';
import { oneLine } from '../domain/text.ts';
import type { Change } from '../domain/view.ts';
import type { Answer } from '../operations/answer.ts';
import { claims } from '../operations/claims.ts';
import { peek } from '../operations/peek.ts';
import type { Session } from '../operations/session.ts';
import { specs } from '../operations/spec-list.ts';
import { readSpec } from '../operations/spec-read.ts';
import { thread } from '../operations/thread.ts';
import { who } from '../operations/who.ts';

const mimeType = 'application/json';
const inbox = 'intercom://inbox';
const held = 'intercom://claims';
const present = 'intercom://agents';
const threadPrefix = 'intercom://thread/';
const specPrefix = 'intercom://spec/';

const fixed: readonly Resource[] = [
  { uri: inbox, name: 'inbox', title: 'Unread mail', description: 'Your unread messages, urgent first.', mimeType },
  { uri: held, name: 'claims', title: 'Claims', description: 'Who holds which paths, and who waits.', mimeType },
  { uri: present, name: 'agents', title: 'Agents', description: 'Who is here, and what they do and hold.', mimeType },
];

export const resourceTemplates: readonly ResourceTemplate[] = [
  {
    uriTemplate: `${threadPrefix}{id}`,
    name: 'thread',
    title: 'Thread',
    description: 'All messages of one thread, the oldest first.',
    mimeType,
  },
  {
    uriTemplate: `${specPrefix}{name}`,
    name: 'spec',
    title: 'Spec',
    description: 'A text that agents work by; name@3 is its version 3.',
    mimeType,
  },
];

/** Specs that a list names; read_spec without a name has the others. */
const listedSpecsMax = 100;
/** Threads that a list names; the others are found by search. */
const listedThreadsMax = 20;

/** The three that are always there, the threads that have unread mail, and the specs. */
export async function listResources(session: Session): Promise<Resource[]> {
  const unread = await peek.run(peek.input.parse({ mark: false }), session);
  const mail = unread.status === 'done' ? unread.value.messages : [];
  const byThread = new Map(mail.map((message) => [message.thread, message]));
  const threads = [...byThread].slice(0, listedThreadsMax).map(([id, { from, subject, text }]) => ({
    uri: `${threadPrefix}${encodeURIComponent(id)}`,
    name: `thread ${id}`,
    title: `${from}: ${oneLine(subject ?? text, 80)}`,
    mimeType,
  }));
  const published = await specs.run({}, session);
  const texts = published.status === 'done' ? published.value.specs.slice(0, listedSpecsMax) : [];
  return [...fixed, ...threads, ...texts.map(listedSpec)];
}

function listedSpec({ name, version, by, why }: ListedSpec): Resource {
  const title = oneLine(`${name}@${version}, by ${by}${why === null ? '' : `: ${why}`}`, 120);
  return { uri: `${specPrefix}${name}`, name: `spec ${name}`, title, mimeType };
}

/** Undefined for an address that is none of ours. Reading marks nothing as seen. */
export function readResource(uri: string, session: Session): Promise<Answer<object>> | undefined {
  if (uri === inbox) return peek.run(peek.input.parse({ mark: false }), session);
  if (uri === held) return claims.run(claims.input.parse({}), session);
  if (uri === present) return who.run(who.input.parse({}), session);
  const spec = nameIn(specPrefix, uri);
  if (spec !== undefined) return readSpec.run(splitReference(spec), session);
  const id = nameIn(threadPrefix, uri);
  return id === undefined ? undefined : thread.run(thread.input.parse({ id }), session);
}

export function isResource(uri: string): boolean {
  return (
    fixed.some((resource) => resource.uri === uri) ||
    [threadPrefix, specPrefix].some((prefix) => nameIn(prefix, uri) !== undefined)
  );
}

function nameIn(prefix: string, uri: string): string | undefined {
  if (!uri.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(uri.slice(prefix.length));
  } catch {
    return undefined;
  }
}

/** Mail came or went, or a spec: the list is another. */
export function isListTouched(touched: ReadonlySet<string>): boolean {
  return touched.has(inbox) || [...touched].some((uri) => uri.startsWith(specPrefix));
}

/** Which of them read differently now, for the agents of these names. */
export function touchedResources(changes: readonly Change[], agents: ReadonlySet<string>): Set<string> {
  const touched = new Set<string>();
  for (const { path } of changes) {
    const [folder, first] = path.split('/');
    if (folder === 'claims' || folder === 'waiting') touched.add(held).add(present);
    else if (folder === 'agents') touched.add(present);
    else if (folder === 'specs') touched.add(`${specPrefix}${first}`);
    else if (folder === 'receipts' || folder === 'broadcast' || (folder === 'inbox' && agents.has(first ?? '')))
      touched.add(inbox);
    if (folder === 'threads' || folder === 'messages') touched.add(`${threadPrefix}${encodeURIComponent(first ?? '')}`);
  }
  return touched;
}
