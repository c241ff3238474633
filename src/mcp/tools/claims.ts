/** The tools about claims. */
import * as z from 'zod';
import { hiddenName, holderWord } from '../../domain/agent/visibility.ts';
import { toldLandings } from '../../domain/landing/present.ts';
import { waitCallSecondsMax } from '../../domain/limits.ts';
import { listed } from '../../domain/text.ts';
import { leftOf } from '../../domain/told.ts';
import { done } from '../../operations/answer.ts';
import { checkEdit } from '../../operations/check-edit.ts';
import { claim, type Granted } from '../../operations/claim.ts';
import { claims } from '../../operations/claims.ts';
import { handoff } from '../../operations/handoff.ts';
import { notThere, toldNotThere } from '../../operations/not-there.ts';
import { release } from '../../operations/release.ts';
import type { Session } from '../../operations/session.ts';
import { callSeconds } from '../call-seconds.ts';
import { rival, shownClaim, shownLanding } from '../outputs.ts';
import { defineTool } from '../tool.ts';

const paths = z.array(z.string());

interface Told extends Granted {
  /** Names among its paths at which nothing stands here; absent where there are none. */
  readonly notThere?: readonly string[];
}

const claimTool = defineTool({
  name: 'claim',
  title: 'Claim paths',
  description: 'Call before editing. wait_seconds queues, id resumes.',
  toolset: 'core',
  effect: 'write',
  input: z.object({
    paths: paths.optional(),
    mode: z.enum(['exclusive', 'shared']).optional(),
    why: z.string().optional(),
    for_minutes: z.number().optional(),
    wait_seconds: z.number().optional(),
    id: z.string().optional(),
    key: z.string().optional(),
  }),
  output: {
    claim: shownClaim,
    notThere: z.array(z.string()),
    landing: z.array(shownLanding),
    waiting: z.looseObject({ id: z.string(), ahead: z.number(), rivals: z.array(rival) }),
  },
  run: async (input, { session, signal, fromTop }) => {
    const answer = await claim.run(
      claim.input.parse({
        paths: fromTop(input.paths ?? []),
        mode: input.mode,
        why: input.why,
        leaseSeconds: input.for_minutes === undefined ? undefined : input.for_minutes * 60,
        waitSeconds: waitSeconds(input),
        id: input.id,
        key: input.key,
      }),
      session,
      signal,
    );
    if (answer.status !== 'done' || answer.value.over) return answer;
    const missing = notThere(answer.value.claim.paths, session);
    return missing.length === 0 ? answer : done({ ...answer.value, notThere: missing });
  },
  waitsFor: ({ paths, id }, { session, fromTop }) => rivalsOf({ paths: fromTop(paths ?? []), id }, session),
  tell: ({ claim, over, notThere, provisional, landing }: Told, { nowMs }) =>
    [
      over
        ? `The first result of this key is over: you do not hold ${listed(claim.paths, 5)} by it any more. Claim with a new key or none.`
        : `You hold ${listed(claim.paths, 5)}, ${leftOf(claim.expires, nowMs)}; release ${claim.id} when done.`,
      ...(notThere === undefined ? [] : [toldNotThere(notThere)]),
      ...(provisional === undefined ? [] : [`Provisionally: ${provisional.why} You are told if another agent has it.`]),
      ...(landing === undefined ? [] : [toldLandings(landing)]),
    ].join(' '),
});

/** Standing in line is asked for; going on with a place means waiting. */
function waitSeconds({ id, wait_seconds }: { id?: string | undefined; wait_seconds?: number | undefined }) {
  const wanted = wait_seconds ?? (id === undefined ? undefined : waitCallSecondsMax);
  return wanted === undefined ? undefined : callSeconds(wanted);
}

async function rivalsOf(
  { paths, id }: { readonly paths: readonly string[]; readonly id: string | undefined },
  session: Session,
): Promise<string> {
  const queue = await claims.run(claims.input.parse({}), session);
  const place = queue.status === 'done' ? queue.value.waiting.find((each) => each.id === id) : undefined;
  const rehearsal = claim.input.parse({ paths: place?.paths ?? paths, mode: place?.mode, dryRun: true });
  const answer = await claim.run(rehearsal, session);
  return answer.status === 'refused' ? answer.refusal.message : '';
}

const releaseTool = defineTool({
  name: 'release',
  title: 'Release claims',
  description: "Give back paths or claim ids; force: another's, with why.",
  toolset: 'core',
  effect: 'write',
  isDestructive: true,
  input: z.object({
    paths: paths.optional(),
    all: z.boolean().optional(),
    force: z.boolean().optional(),
    why: z.string().optional(),
  }),
  output: { claims: z.array(shownClaim) },
  leaves: ({ paths = [], force, why }) =>
    force === true
      ? {
          what: 'force',
          question: `Take ${listed(paths, 5)} from whoever holds it, by force? Reason: ${why ?? 'none'}`,
        }
      : undefined,
  run: (input, { session, fromTop }) =>
    release.run(
      release.input.parse({
        references: fromTop(input.paths ?? []),
        all: input.all,
        force: input.force,
        why: input.why,
      }),
      session,
    ),
  tell: ({ claims }) =>
    claims.length === 0
      ? 'Nothing was held.'
      : `Released ${listed(
          claims.flatMap(({ paths }) => paths),
          5,
        )}.`,
});

const checkEditTool = defineTool({
  name: 'check_edit',
  title: 'May I edit?',
  description: 'Whether others hold these paths.',
  toolset: 'core',
  effect: 'read',
  input: z.object({ paths }),
  output: { verdict: z.enum(['ours', 'free', 'conflict']), rivals: z.array(rival) },
  run: ({ paths }, { session, fromTop }) => checkEdit.run(checkEdit.input.parse({ paths: fromTop(paths) }), session),
  tell: ({ verdict, rivals }, { nowMs, has }) => {
    if (verdict === 'ours') return 'ours: claimed by you.';
    if (verdict === 'free') return `free: claimed by nobody else.${has('claim') ? ' Claim before you edit.' : ''}`;
    const held = rivals.map(({ id, agent, overlap, expires, why }) =>
      [
        `${listed(overlap, 3)} ${overlap.length === 1 ? 'is' : 'are'} claimed by ${holderWord({ agent, id })}`,
        leftOf(expires, nowMs),
        why ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    );
    const { agent } = rivals[0] as (typeof rivals)[number];
    if (!has('claim')) return `conflict: ${held.join('; ')}. Do not edit.`;
    const ask = agent === hiddenName ? '' : `, or send to ${agent}`;
    return `conflict: ${held.join('; ')}. Do not edit: claim with wait_seconds${ask}.`;
  },
});

const handoffTool = defineTool({
  name: 'handoff',
  title: 'Hand claims over',
  description: 'Give your claims (all, or paths or ids) to another agent.',
  toolset: 'full',
  effect: 'write',
  input: z.object({ to: z.string(), paths: paths.optional(), why: z.string().optional() }),
  output: { claims: z.array(shownClaim) },
  run: (input, { session, fromTop }) =>
    handoff.run(handoff.input.parse({ to: input.to, references: fromTop(input.paths ?? []), why: input.why }), session),
  tell: ({ claims }) =>
    `${claims[0]?.agent ?? 'Nobody'} holds ${listed(
      claims.flatMap(({ paths }) => paths),
      5,
    )} now.`,
});

export const claimTools = [claimTool, releaseTool, checkEditTool];
export const fullClaimTools = [handoffTool];
