/**
 * What `.intercom/config.yaml` may hold; everything is optional. Generated into schema/config.schema.json.
 *
 * Nothing else may stand there: a safeguard that a slip of the pen has switched off would be worse than an error.
 */
import * as z from 'zod';
import { inboxPerSenderMax } from '../limits.ts';

const duration = z.string().regex(/^(\d+(\.\d+)?[smhdw])+$/, 'must be a duration such as 90s, 30m or 2h');

/** A branch name as git takes it, roughly (git-check-ref-format(1)); no component may start with a dot, nor the whole with a dash. */
const branch = z
  .string()
  .max(200)
  .regex(/^(?![./-])(?!.*(\.\.|\/\.|\/\/|@\{|\.lock($|\/)))[A-Za-z0-9._/-]*[A-Za-z0-9_-]$/, 'must be a branch name');

/** A name of a remote, a URL or a path; written into a file that everybody reads, so never with a password. */
const address = z
  .string()
  .max(1000)
  .regex(/^[^\s\p{Cc}-][^\s\p{Cc}]*( [^\s\p{Cc}]+)*$/u, 'must be the name of a git remote, a URL or a path')
  .regex(/^(?![a-z+]+:\/\/[^/@]*:[^/@]*@)/i, 'must not hold a password; leave it to a credential helper of git');

/** As in `server~1f3a9c20`: what is behind the tilde is the same in all clones; see domain/pattern/repository.ts. */
const repository = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{1,62}(~[0-9a-f]{8})?$/, 'must be a name such as server or server~1f3a9c20');

const strictness = z.enum(['refuse', 'warn', 'ask', 'off']);
const guarding = z.enum(['refuse', 'warn', 'off']);

export const policySchema = z
  .strictObject({
    branch: branch.optional().describe('the coordination branch; intercom when absent'),
    remote: address
      .nullable()
      .optional()
      .describe('the git remote that clones share the branch by, by its name or URL; none when absent or null'),
    hub: address
      .nullable()
      .optional()
      .describe(
        "a repository that several repositories share one branch in: a path, a URL, or a name for one in each user's data folder; none when absent or null",
      ),
    repository: repository
      .nullable()
      .optional()
      .describe('what this repository is called in the hub; made from its remote or folder when absent or null'),
    sync: z
      .strictObject({
        interval: duration.optional().describe('how often the remote is looked at while others write; 15s when absent'),
        idleInterval: duration.optional().describe('how often while nobody does; 2m when absent'),
        batch: duration
          .optional()
          .describe(
            'how long messages and status wait for more to push, three times as long in a burst; 2s when absent',
          ),
        deadline: duration.optional().describe('how long one call of git to the remote may take; 10s when absent'),
      })
      .optional()
      .describe('how this clone and the remote are kept alike'),
    lease: z
      .strictObject({
        default: duration.optional().describe('how long a claim holds without renewal; 30m when absent'),
        max: duration.optional().describe('the longest lease that may be asked for; 24h when absent'),
      })
      .optional()
      .describe('how long claims hold'),
    clock: z
      .strictObject({
        drift: duration.optional().describe('how far the clocks of two hosts may differ; 2m when absent'),
      })
      .optional()
      .describe('how far clocks are trusted'),
    retention: z
      .strictObject({
        messages: duration.optional().describe('acknowledged messages leave the tree after this; 30d when absent'),
        undelivered: duration
          .optional()
          .describe('mail of an agent that left goes back to its sender after this; 14d when absent'),
      })
      .optional()
      .describe('how long the tree keeps what is over; the history keeps all of it'),
    inbox: z
      .strictObject({
        perSender: z
          .int()
          .min(1)
          .max(inboxPerSenderMax)
          .optional()
          .describe('unread messages of one sender at one recipient; more are refused; 1000 when absent'),
      })
      .optional()
      .describe('how much may lie unread'),
    hooks: z
      .strictObject({
        commit: guarding.optional().describe("what pre-commit does about others' claims; refuse when absent"),
        push: guarding.optional().describe("what pre-push does about others' claims; refuse when absent"),
        releaseOnCommit: z
          .enum(['none', 'auto', 'all'])
          .optional()
          .describe('which claims are given back when their files are committed: automatic ones (auto) when absent'),
      })
      .optional()
      .describe("what the repository's git hooks do"),
    guard: z
      .strictObject({
        edits: strictness
          .optional()
          .describe('of a file that another claims: refuse, warn once, ask the person, or off; refuse when absent'),
        shell: strictness
          .optional()
          .describe('the same, of a shell command that would write there; refuse when absent'),
        autoClaim: z.boolean().optional().describe('the first edit of a free file claims it; true when absent'),
        broken: z
          .enum(['allow', 'refuse'])
          .optional()
          .describe('what becomes of an edit when the guard itself fails; allow when absent'),
      })
      .optional()
      .describe('what is done before an agent edits'),
    confirm: z
      .strictObject({
        messages: z
          .boolean()
          .optional()
          .describe('before an agent sends, asks, replies or publishes; false when absent'),
        force: z.boolean().optional().describe("before an agent takes another's claim by force; false when absent"),
      })
      .optional()
      .describe('what a person is asked before'),
    escalation: z
      .strictObject({
        command: z
          .string()
          .min(1)
          .max(1000)
          .nullable()
          .optional()
          .describe(
            'run when something is escalated to a person, such as a desktop notification, where git config intercom.allowCommand has the same words; INTERCOM_ESCALATION_ID, _FROM, _TEXT and _WHY are in its environment; none when absent or null',
          ),
        ackOverdue: duration
          .nullable()
          .optional()
          .describe(
            'a message that wants an acknowledgement, or is urgent, and has none for this long is put before a person; never when absent or null',
          ),
      })
      .optional()
      .describe('what is done about what waits for a person'),
    owners: z
      .union([
        z.literal('codeowners'),
        z.array(
          z.strictObject({
            paths: z.array(z.string().min(1)).min(1).max(100).describe('patterns from the top of the repository'),
            agents: z.array(z.string().min(1)).max(50).describe('names or tags of agents'),
            why: z.string().max(500).optional().describe('what others should know before they edit there'),
          }),
        ),
      ])
      .optional()
      .describe(
        'who looks after which paths: others are warned once before they edit there; or codeowners, for those of that file',
      ),
    landing: z
      .boolean()
      .optional()
      .describe('warn of work that was released and is not merged yet, until it is; true when absent'),
    signalFile: z
      .boolean()
      .optional()
      .describe(
        'keep .intercom/signal.md in each work tree: what is held and unread, for agents without hooks; false when absent',
      ),
    sign: z
      .boolean()
      .optional()
      .describe(
        "sign coordination commits with each user's own key, as gpg.format and user.signingKey of git say; false when absent",
      ),
    skipCi: z.boolean().optional().describe('write [skip ci] into coordination commits; true when absent'),
  })
  .describe("The team's policy for git intercom. Everything is optional.");

/** Every key that the file may have, as it is spoken of: `lease`, `lease.default`. */
export const policyKeys: readonly string[] = Object.entries(policySchema.shape).flatMap(([key, optional]) => {
  const value = optional.unwrap();
  return value instanceof z.ZodObject ? [key, ...Object.keys(value.shape).map((inner) => `${key}.${inner}`)] : [key];
});
