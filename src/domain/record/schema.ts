/**
 * The record kinds as they stand in the tree. Each is a loose object: fields that this version does not know
 * survive a rewrite. The order of the fields here is their order in the file.
 *
 * `v` is 1 for all of them. A field may be added as optional in v 1; anything else is a new kind.
 */
import * as z from 'zod';
import { idForm } from '../id.ts';
import { messageTextBytesMax, nameCharsMax, pathsPerClaimMax, recipientsMax, tagsMax } from '../limits.ts';

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, 'must be an instant in UTC');
const id = z.string().regex(idForm, 'must be an id');
const name = z
  .string()
  .max(nameCharsMax)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a name');
const line = (charsMax: number) => z.string().max(charsMax);
const seconds = z.int().min(1).max(31_536_000);
const mode = z.enum(['exclusive', 'shared']);
const token = z.string().regex(/^\d+\.\d+$/, 'must be epoch.counter');

const envelope = <Kind extends string>(kind: Kind) => ({
  v: z.literal(1),
  id,
  kind: z.literal(kind),
  agent: name,
  at: instant,
});

export const processSchema = z.looseObject({
  pid: z.int().min(1),
  startTime: line(64).nullable(),
  bootId: line(64).nullable(),
  pidNamespace: line(64).nullable(),
  host: line(255),
});

export const agentSchema = z.looseObject({
  ...envelope('agent'),
  uid: id,
  state: z.enum(['active', 'idle', 'busy', 'blocked']),
  activity: line(500).optional(),
  description: line(1000).optional(),
  tags: z.array(line(64)).max(tagsMax).optional(),
  visibility: z.enum(['visible', 'hidden', 'ghost']).optional(),
  repository: line(255).optional(),
  cwd: line(4096).optional(),
  branch: line(1024).optional(),
  worktree: line(4096).optional(),
  harness: line(64).optional(),
  model: line(128).optional(),
  host: line(255).optional(),
  process: processSchema.optional(),
  lastSeen: instant,
  left: instant.optional(),
});

const wanted = {
  uid: id,
  paths: z.array(z.string().min(1).max(1024)).min(1).max(pathsPerClaimMax),
  mode,
  why: line(500).optional(),
  branch: line(1024).optional(),
  worktree: line(4096).optional(),
  host: line(255).optional(),
};

export const claimSchema = z.looseObject({
  ...envelope('claim'),
  ...wanted,
  since: instant,
  expires: instant,
  leaseSeconds: seconds,
  token: token.nullable(),
  offeredUntil: instant.optional(),
});

export const waitingSchema = z.looseObject({
  ...envelope('waiting'),
  ...wanted,
  ticket: z.int().min(1),
  expires: instant,
  leaseSeconds: seconds,
});

export const messageSchema = z.looseObject({
  ...envelope('message'),
  uid: id,
  to: z.array(name).max(recipientsMax * 10),
  audience: z.enum(['named', 'all']),
  thread: id,
  purpose: z.enum(['message', 'notice', 'progress']),
  subject: line(200).optional(),
  importance: z.enum(['low', 'normal', 'high', 'urgent']),
  ackWanted: z.boolean(),
  replyTo: id.optional(),
  supersedes: id.optional(),
  expires: instant.optional(),
  attachments: z
    .array(
      z.looseObject({
        path: line(4096),
        from: z.int().min(1).optional(),
        to: z.int().min(1).optional(),
        text: z.string().optional(),
      }),
    )
    .max(20)
    .optional(),
  text: z.string().max(messageTextBytesMax),
});

const mark = z.looseObject({ agent: name, at: instant });

export const receiptSchema = z.looseObject({
  ...envelope('receipt'),
  thread: id,
  delivered: z.array(mark),
  acknowledged: z.array(mark),
  expired: z.array(mark).optional(),
});

export const keySchema = z.looseObject({
  ...envelope('key'),
  uid: id,
  key: line(200),
  op: line(32),
  fingerprint: line(64),
  expires: instant,
  result: z.record(z.string(), z.unknown()),
});

export const fenceSchema = z.looseObject({
  ...envelope('fence'),
  epoch: z.int().min(1),
  counter: z.int().min(0),
});

export const schemasByKind = {
  agent: agentSchema,
  claim: claimSchema,
  waiting: waitingSchema,
  message: messageSchema,
  receipt: receiptSchema,
  key: keySchema,
  fence: fenceSchema,
} as const;
