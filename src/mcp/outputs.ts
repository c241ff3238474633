/** The shapes of answers, for clients that check them. Loose: an answer may have more. */
import * as z from 'zod';

const instant = z.string().nullable();
const word = z.string().nullable();

export const shownClaim = z.looseObject({
  id: z.string(),
  agent: z.string(),
  paths: z.array(z.string()),
  mode: z.enum(['exclusive', 'shared']),
  why: word,
  branch: word,
  since: z.string(),
  expires: z.string(),
  token: word,
  state: z.enum(['confirmed', 'provisional']),
});

export const shownWaiting = z.looseObject({
  id: z.string(),
  agent: z.string(),
  paths: z.array(z.string()),
  mode: z.enum(['exclusive', 'shared']),
  ticket: z.number(),
});

export const shownLanding = z.looseObject({
  id: z.string(),
  agent: z.string(),
  paths: z.array(z.string()),
  branch: z.string(),
  tip: z.string(),
  commits: z.number(),
});

export const rival = z.looseObject({
  id: z.string(),
  agent: z.string(),
  paths: z.array(z.string()),
  overlap: z.array(z.string()),
  why: word,
  expires: instant,
});

export const shownMessage = z.looseObject({
  id: z.string(),
  thread: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  at: z.string(),
  subject: word,
  text: z.string(),
  kind: z.string(),
  importance: z.enum(['low', 'normal', 'high', 'urgent']),
  ackWanted: z.boolean(),
});

export const hit = z.looseObject({
  what: z.enum(['message', 'claim', 'spec']),
  id: z.string(),
  from: z.string(),
  at: z.string(),
  excerpt: z.string(),
});

export const shownAgent = z.looseObject({
  uid: z.string(),
  name: z.string(),
  formerly: z.array(z.string()).optional(),
  startedBy: z.string().optional(),
  state: z.enum(['active', 'idle', 'busy', 'blocked']),
  activity: word,
  branch: word,
  worktree: word,
  harness: word,
  lastSeen: z.string(),
  live: z.boolean(),
  claims: z.array(shownClaim),
});

export const shownRoom = z.looseObject({
  name: z.string(),
  topic: word,
  visibility: z.enum(['public', 'private', 'secret']),
  isMember: z.boolean(),
  members: z.array(z.looseObject({ agent: z.string(), state: z.string(), live: z.boolean(), since: z.string() })),
});

export const pathReport = z.looseObject({
  path: z.string(),
  claims: z.array(shownClaim),
  waiting: z.array(shownWaiting),
  landing: z.array(shownLanding),
  changes: z.array(z.looseObject({ branch: word, agent: z.string().optional() })),
});

const specHead = { name: z.string(), version: z.number(), by: z.string(), at: z.string(), why: word };

/** Without its text where a difference is shown. */
export const shownSpec = z.looseObject({ ...specHead, text: z.string().optional() });

export const listedSpec = z.looseObject({
  ...specHead,
  bytes: z.number(),
  subscribers: z.array(z.string()),
  readers: z.array(z.looseObject({ agent: z.string(), version: z.number() })),
});

export const shownDifference = z.looseObject({ from: z.number(), to: z.number(), text: z.string() });

export const mark = z.looseObject({ agent: z.string(), at: z.string() });

export const logEntry = z.looseObject({
  oid: z.string(),
  at: z.string(),
  agent: word,
  op: word,
  id: word,
  summary: z.string(),
});

const failure = z.looseObject({ code: z.string(), message: z.string(), next: z.string() });

/**
 * Every part may be missing: a refusal has `error` alone, and the protocol gives a tool one schema for both
 * (modelcontextprotocol.io, 2025-11-25, "Structured content": clients check it whatever `isError` says).
 */
export function answerSchema(parts: z.ZodRawShape): z.ZodObject {
  return z.looseObject({ ...parts, error: failure, unreadMail: z.array(shownMessage) }).partial();
}
