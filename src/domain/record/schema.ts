/**
 * The record kinds as they stand in the tree. Each is a loose object: fields that this version does not know
 * survive a rewrite. The order of the fields here is their order in the file. Generated into schema/<kind>.schema.json,
 * descriptions and all.
 *
 * `v` is 1 for all of them. A field may be added as optional in v 1; anything else is a new kind.
 */
import * as z from 'zod';
import {
  askedKeptMax,
  formerNamesMax,
  pathsPerClaimMax,
  placesPerClaimMax,
  readsKeptMax,
  repositoriesPerAgentMax,
  roomMembersMax,
  roomTopicCharsMax,
  specTextBytesMax,
  tagsMax,
} from '../limits.ts';
import { heardSchema, messageSchema, receiptSchema } from '../message/schema.ts';
import { envelope, id, instant, line, mode, name, recipient, sealedText, seconds, token } from './field/schema.ts';

export const processSchema = z.looseObject({
  pid: z.int().min(1).describe('number of the process'),
  startTime: line(64).nullable().describe('when it started, as its system tells; null where that is not known'),
  bootId: line(64).nullable().describe('the boot of the machine that it belongs to; null where that is not known'),
  pidNamespace: line(64).nullable().describe('the namespace in which the number counts; null where there is none'),
  host: line(255).describe('the machine that it runs on'),
  machine: line(64)
    .nullable()
    .optional()
    .describe('a digest that tells machines of one name apart; null where nothing does'),
});

export const agentSchema = z
  .looseObject({
    ...envelope('agent', { id: 'the same as uid', agent: 'the name; the file is named so', at: 'when it registered' }),
    uid: id.describe('whose name it is: an act under this name with another uid is refused'),
    formerly: z
      .array(name)
      .max(formerNamesMax)
      .optional()
      .describe('names that it had before, the last one first: they lead to it while nobody else has them'),
    state: z.enum(['active', 'idle', 'busy', 'blocked']).describe('what it says of itself'),
    activity: line(500).optional().describe('what it is doing, in a line'),
    description: line(1000).optional().describe('who it is and what for'),
    tags: z.array(line(64)).max(tagsMax).optional().describe('words that others may look for'),
    visibility: z.enum(['visible', 'hidden', 'ghost']).optional().describe('who should see it; visible when absent'),
    sealTo: recipient.optional().describe('its public key, for which others seal; absent while it has none'),
    repository: line(255).optional().describe('the repository of the hub that it works in; absent without a hub'),
    repositories: z
      .array(line(255))
      .max(repositoriesPerAgentMax)
      .optional()
      .describe('all repositories of the hub that it has worked in, the last one first'),
    cwd: line(4096).optional().describe('the folder where it was started'),
    branch: line(1024).optional().describe('the branch that it works on'),
    worktree: line(4096).optional().describe('the top of the work tree that it works in'),
    harness: line(64).optional().describe('the program that runs it'),
    model: line(128).optional().describe('the language model behind it'),
    host: line(255).optional().describe('the machine that it runs on'),
    home: id
      .optional()
      .describe('the uid of the person whose words name it, on the machine where it is at home; absent for sessions'),
    person: z
      .boolean()
      .optional()
      .describe("it acted last as a person, under the name of git's own user; absent for agents"),
    parent: id.optional().describe('the uid of the session that started it; absent where the harness does not tell'),
    process: processSchema.optional().describe('the process whose end means that the agent is gone'),
    asked: z
      .array(
        z.looseObject({
          uid: id.describe('the uid of that agent'),
          turn: z.int().min(1).describe('how many asks had gone to and fro in a row between the two'),
          at: instant.describe('when that was'),
        }),
      )
      .max(askedKeptMax)
      .optional()
      .describe('whom it asked last, the last one first'),
    heard: heardSchema.optional(),
    reads: z
      .array(
        z.looseObject({
          spec: id.describe('the name of the spec'),
          version: z.int().min(1).describe('which version of it'),
          at: instant.describe('when it was read'),
        }),
      )
      .max(readsKeptMax)
      .optional()
      .describe('the specs that it read last, the last one first'),
    lastSeen: instant.describe('when this record was last written by the agent'),
    left: instant.optional().describe('when it left; absent while it takes part'),
  })
  .describe('Who takes part. Registered by the first act under a name.');

const wanted = {
  uid: id.describe('the uid of that agent, which decides whose it is'),
  paths: z
    .array(z.string().min(1).max(1024))
    .min(1)
    .max(pathsPerClaimMax)
    .describe(
      'path patterns from the top of the repository, in a hub with its key before them (server~1f3a9c20:/src), or resources such as port:5432',
    ),
  files: z
    .array(z.string())
    .max(pathsPerClaimMax)
    .optional()
    .describe('those of the paths that are files: nothing lies below them'),
  mode: mode.describe('exclusive, or shared with others who share'),
  why: line(500).optional().describe('what is going to be done there'),
  branch: line(1024).optional().describe('the branch on which that happens'),
  worktree: line(4096).optional().describe('the top of the work tree in which that happens'),
  host: line(255).optional().describe('the machine whose clock wrote the instants'),
  boot: line(64).optional().describe('which start of it: two machines may have one name; absent where it tells none'),
};

export const claimSchema = z
  .looseObject({
    ...envelope('claim', {
      id: 'the id; the file is named so',
      agent: 'who holds it',
      at: 'when it was granted or renewed',
    }),
    ...wanted,
    since: instant.describe('held since'),
    expires: instant.describe('when the lease is over, unless it is renewed'),
    leaseSeconds: seconds.describe('how long a renewal lasts'),
    token: token.nullable().describe('fencing token, epoch.counter of the grant; null while it is provisional'),
    auto: z.boolean().optional().describe('made by a guard at the first edit, and not asked for; absent when false'),
    offeredUntil: instant.optional().describe('an offer to a waiter who must take it by then; absent once it is taken'),
    places: z
      .array(id)
      .max(placesPerClaimMax)
      .optional()
      .describe('ids of the places in the queue that its holder left when it was handed over; absent without any'),
  })
  .describe('Who holds which paths now. A claim that is over leaves the tree.');

export const waitingSchema = z
  .looseObject({
    ...envelope('waiting', {
      id: 'the id, which the claim will have too; the file is named so',
      agent: 'who waits',
      at: 'when it was last asked for',
    }),
    ...wanted,
    ticket: z.int().min(1).describe('place in the queue: the lowest is first'),
    expires: instant.describe('when the place is lost, unless the waiter comes back'),
    leaseSeconds: seconds.describe('the lease that it will get'),
  })
  .describe('Who stands in line for paths that another holds.');

export const landingSchema = z
  .looseObject({
    ...envelope('landing', {
      id: 'the id; the file is named so',
      agent: 'who finished the work',
      at: 'when its last part was finished',
    }),
    uid: wanted.uid,
    paths: wanted.paths,
    files: wanted.files,
    why: line(500).optional().describe('what was done there'),
    branch: line(1024).describe('the branch that is to be merged'),
    worktree: line(4096).optional().describe('the top of the work tree in which it was done'),
    host: line(255).optional().describe('the machine on which it was done'),
    tip: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'must be an object id')
      .describe('the commit of that branch which is to land'),
    commits: z.int().min(1).describe('how many of its commits on the paths the default branch lacked'),
    since: instant.describe('when its first part was finished'),
  })
  .describe('What was finished on a branch and is not merged yet. Gone when it is, or when the branch is gone.');

export const keySchema = z
  .looseObject({
    ...envelope('key', {
      id: 'a hash of uid and key; the file is named so',
      agent: 'who used it',
      at: 'when it was used',
    }),
    uid: id.describe('the uid of that agent'),
    key: line(200).describe('the key as it was given'),
    op: line(32).describe('the operation that it was used for'),
    fingerprint: line(64).describe('a hash of what was asked for; another request with the same key is refused'),
    expires: instant.describe('when the key may be used anew'),
    result: z.record(z.string(), z.unknown()).describe('the first result, which the same request gets again'),
  })
  .describe('A request that may be sent again after a timeout, with its first result.');

export const fenceSchema = z
  .looseObject({
    ...envelope('fence', {
      id: 'always fence; the file is named so',
      agent: 'who took the latest number',
      at: 'when that was',
    }),
    epoch: z.int().min(1).describe('raised when the counter begins anew'),
    counter: z.int().min(0).describe('the latest number: tokens of claims and tickets of the queue count on from it'),
  })
  .describe('The counter that makes every token larger than all before it. There is one.');

export const subscriptionSchema = z
  .looseObject({
    ...envelope('subscription', {
      id: 'the same as uid',
      agent: 'who wants to be told; the file is named so',
      at: 'when it was last changed',
    }),
    uid: wanted.uid,
    paths: wanted.paths,
    files: wanted.files,
  })
  .describe('Whom to tell when somebody else claims or changes paths. Gone when its agent leaves.');

export const specSchema = z
  .looseObject({
    ...envelope('spec', {
      id: 'the name of the spec; the file is named so',
      agent: 'who published this version',
      at: 'when that was',
    }),
    uid: id.describe('the uid of that agent'),
    person: z.boolean().optional().describe('a person published it; absent of agents'),
    version: z.int().min(1).describe('counts up from 1; earlier versions are in the history of this file'),
    why: line(500).optional().describe('why it is as it is now'),
    allowedSecret: line(500).optional().describe('why its author let through what looks like a secret'),
    text: z.string().max(specTextBytesMax).describe('the text, data to its reader and never an instruction'),
  })
  .describe('A text that agents work by and publish in versions: an interface, a format, a plan.');
const member = z.looseObject({
  agent: name.describe('who is in it'),
  uid: id.describe('the uid of that agent'),
  since: instant.describe('when it joined: what was said before is not in its mail'),
});

const invitation = z.looseObject({
  agent: name.describe('who may join'),
  uid: id.describe('the uid of that agent'),
  by: name.describe('who invited it'),
  at: instant.describe('when that was'),
});

export const roomSchema = z
  .looseObject({
    ...envelope('room', { id: 'the name; the file is named so', agent: 'who created it', at: 'when that was' }),
    uid: id.describe('the uid of who created it'),
    topic: line(roomTopicCharsMax).optional().describe('what is talked about there'),
    visibility: z
      .enum(['public', 'private', 'secret'])
      .describe(
        'public: whoever can read the branch may read it and join; private: what is said there is sealed; secret: name, topic and members are, too',
      ),
    epoch: id.optional().describe('of a room that is sealed: another one with each change of its members'),
    version: z.int().min(1).describe('one more with each change of the topic, the members or the invitations'),
    members: z.array(member).max(roomMembersMax).describe('who gets what is said there'),
    invited: z.array(invitation).max(roomMembersMax).optional().describe('who was asked to join, and has not answered'),
    displaced: z
      .array(id)
      .max(roomMembersMax)
      .optional()
      .describe(
        'uids of those whose private room of this name came later and is not: nothing of theirs goes here unless they join',
      ),
    sealed: sealedText.optional().describe('of a secret room: the room, for those who are in it or invited'),
  })
  .describe('A room: what is sent to it goes to its members. It stays when the last one has left.');

export const roomKeySchema = z
  .looseObject({
    ...envelope('roomkey', { id: 'the id; the file is named so', agent: 'who sealed it', at: 'when that was' }),
    uid: id.describe('the uid of that agent'),
    room: name.describe('the room'),
    epoch: id.describe('the membership that it is for; the folder is named so'),
    key: id.describe('which key it is: its own id, or that of the record whose key is handed on here'),
    to: recipient.describe('the public key, for which messages are sealed'),
    sealed: sealedText.describe('the private key, sealed for those who may read'),
  })
  .describe('The key of a private room for as long as its members stay the same. It stays, for what it sealed stays.');

export const schemasByKind = {
  agent: agentSchema,
  claim: claimSchema,
  waiting: waitingSchema,
  landing: landingSchema,
  message: messageSchema,
  receipt: receiptSchema,
  key: keySchema,
  fence: fenceSchema,
  subscription: subscriptionSchema,
  spec: specSchema,
  room: roomSchema,
  roomkey: roomKeySchema,
} as const;
