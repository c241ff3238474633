/** `.intercom/config.yaml`: the team's policy, committed like any file. policy-place.ts says which one counts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { nearest } from '../domain/agent/name.ts';
import { IntercomError } from '../domain/failure.ts';
import { ownersInCodeowners } from '../domain/guard/codeowners.ts';
import type { Owner } from '../domain/guard/owners.ts';
import { defaultPolicy, type Policy } from '../domain/policy.ts';
import { policyKeys, policySchema } from '../domain/policy-file/schema.ts';
import { oneLine } from '../domain/text.ts';
import { parseDuration } from '../domain/time.ts';
import { decodeYaml } from './codec/decode.ts';
import { policyMark } from './policy-mark.ts';
import { type PolicyPlace, policyFileOf } from './policy-place.ts';

export interface PolicyText {
  /** As errors name it. */
  readonly file: string;
  readonly bytes: Buffer;
}

/** Defaults where there is no file; a file that cannot be read as policy stops everything, for it may be a safeguard. */
export function readPolicy(place: PolicyPlace): Policy {
  const file = policyFileOf(place);
  if (file === undefined || place.workTree === null) return defaultPolicy;
  try {
    return policyIn({ file, bytes: readFileSync(file) }, place.workTree);
  } catch (cause) {
    if (cause instanceof IntercomError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return defaultPolicy;
    throw new IntercomError({
      code: 'io-failed',
      message: `${file} cannot be read as policy (${code}).`,
      next: 'Check that it is a file, its owner and its permissions.',
      cause,
    });
  }
}

/** Code owners are those of this work tree. Throws IntercomError where it is no policy. */
export function policyIn({ file, bytes }: PolicyText, workTree: string): Policy {
  const said = bytes.toString('utf8').replace(/^\s*#.*$/gm, '');
  if (said.trim() === '') return defaultPolicy;
  const decoded = decodeYaml(bytes);
  const parsed = decoded.ok ? policySchema.safeParse(decoded.value) : undefined;
  if (parsed?.success) return policyOf(parsed.data, workTree);
  const reason = decoded.ok ? reasonOf(parsed?.error?.issues[0]) : decoded.reason;
  throw new IntercomError({
    code: 'damaged',
    message: `${file} cannot be read as policy: ${reason}.`,
    next: 'Correct the file; schema/config.schema.json says what it may hold.',
  });
}

/**
 * The policy as its file says now, for a process that goes on for hours. The branch and the hub stay those that it began with,
 * and a file that became unreadable leaves what it said before: `readPolicy` tells whoever begins next.
 */
export function followPolicy(place: PolicyPlace, first: Policy): () => Policy {
  let mark = policyMark(place);
  let known = first;
  const { branch, hub, repository } = first;
  return () => {
    const now = policyMark(place);
    if (now === mark) return known;
    mark = now;
    try {
      known = { ...readPolicy(place), branch, hub, repository };
    } catch {
      // What it said last.
    }
    return known;
  };
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== 'unrecognized_keys') {
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
  }
  const key = [...issue.path, issue.keys[0]].join('.');
  const [near] = nearest(key, policyKeys);
  return `there is no key ${oneLine(key, 64)}${near === undefined ? '' : `; near: ${near}`}`;
}

function policyOf(file: ReturnType<typeof policySchema.parse>, workTree: string): Policy {
  return {
    branch: file.branch ?? defaultPolicy.branch,
    remote: file.remote ?? null,
    hub: file.hub ?? null,
    repository: file.repository ?? null,
    sync: {
      intervalSeconds: seconds(file.sync?.interval) ?? defaultPolicy.sync.intervalSeconds,
      idleIntervalSeconds: seconds(file.sync?.idleInterval) ?? defaultPolicy.sync.idleIntervalSeconds,
      batchSeconds: seconds(file.sync?.batch) ?? defaultPolicy.sync.batchSeconds,
      deadlineSeconds: seconds(file.sync?.deadline) ?? defaultPolicy.sync.deadlineSeconds,
    },
    leaseSeconds: seconds(file.lease?.default) ?? defaultPolicy.leaseSeconds,
    leaseSecondsMax: seconds(file.lease?.max) ?? defaultPolicy.leaseSecondsMax,
    clockDriftSeconds: seconds(file.clock?.drift) ?? defaultPolicy.clockDriftSeconds,
    threadRetentionDays: (seconds(file.retention?.messages) ?? defaultPolicy.threadRetentionDays * 86_400) / 86_400,
    inboxPerSender: file.inbox?.perSender ?? defaultPolicy.inboxPerSender,
    undeliveredDays: (seconds(file.retention?.undelivered) ?? defaultPolicy.undeliveredDays * 86_400) / 86_400,
    hooks: { ...defaultPolicy.hooks, ...file.hooks },
    signalFile: file.signalFile ?? defaultPolicy.signalFile,
    landing: file.landing ?? defaultPolicy.landing,
    sign: file.sign ?? defaultPolicy.sign,
    skipCi: file.skipCi ?? defaultPolicy.skipCi,
    guard: { ...defaultPolicy.guard, ...file.guard },
    confirm: { ...defaultPolicy.confirm, ...file.confirm },
    escalation: {
      command: file.escalation?.command ?? null,
      ackOverdueSeconds: seconds(file.escalation?.ackOverdue ?? undefined) ?? null,
    },
    owners: file.owners === 'codeowners' ? codeowners(workTree) : (file.owners ?? defaultPolicy.owners),
  };
}

/** Where forges look for it, in their order (docs.github.com, "About code owners"); none where it cannot be read. */
function codeowners(workTree: string): readonly Owner[] {
  for (const name of ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']) {
    try {
      return ownersInCodeowners(readFileSync(join(workTree, name), 'utf8'));
    } catch {
      // The next place.
    }
  }
  return [];
}

function seconds(words: string | undefined): number | undefined {
  return words === undefined ? undefined : parseDuration(words);
}
