/**
 * What the examples are made of: two who meet, decided by the rules of the domain at fixed instants. Each step is what
 * one command would do, and all kinds of records come of it.
 */
import { decideStatus } from '../../src/domain/agent/status.ts';
import { decideClaim } from '../../src/domain/claim/claim.ts';
import { decideRelease } from '../../src/domain/claim/release.ts';
import type { Actor, Context, Decision, Headline } from '../../src/domain/decision.ts';
import { Draft, type Edit } from '../../src/domain/draft.ts';
import { formatId } from '../../src/domain/id.ts';
import { decideReply } from '../../src/domain/message/reply.ts';
import { decideSend } from '../../src/domain/message/send.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { folderOf } from '../../src/domain/record/path.ts';
import type { LiveRecord } from '../../src/domain/record/record.ts';
import { decideCreateRoom } from '../../src/domain/room/create.ts';
import { planFor } from '../../src/domain/sealed/plan.ts';
import { decidePublish } from '../../src/domain/spec/publish.ts';
import { decideSubscribe } from '../../src/domain/subscription/subscribe.ts';
import { instantOf, msOf } from '../../src/domain/time.ts';
import { NotLoaded, View } from '../../src/domain/view.ts';
import { sealedExample } from './sealed-example.ts';

export interface Step {
  readonly actor: Actor;
  readonly atMs: number;
  readonly headline: Headline;
  readonly edits: readonly Edit[];
}

export type Records = ReadonlyMap<string, LiveRecord>;

/** Where both of them work. */
export const sceneMachine = { host: 'anvil', bootId: '3f1c7a52-9d04-4e6b-8a17-5c2be0d94f31' } as const;

const boldFox: Actor = {
  uid: 'u2c125e96e7f495ab2dd8',
  name: 'bold-fox',
  host: 'anvil',
  cwd: '/home/ada/shop-fox',
  branch: 'split-login',
  worktree: '/home/ada/shop-fox',
  process: {
    pid: 14546,
    startTime: '1148687',
    bootId: sceneMachine.bootId,
    pidNamespace: 'pid:[4026531836]',
    host: 'anvil',
  },
};

const ada: Actor = {
  uid: 'pb9ef8843384498c0ae2a',
  name: 'ada',
  host: 'anvil',
  cwd: '/home/ada/shop',
  branch: 'main',
  worktree: '/home/ada/shop',
};

/** Edits of each step in turn, and the records that there are after the last. */
export function playScene(): { readonly steps: readonly Step[]; readonly records: Records } {
  const records = new Map<string, LiveRecord>();
  const steps: Step[] = [];
  const play = (actor: Actor, at: string, rule: (draft: Draft, context: Context) => Decision<unknown>): void => {
    const context = contextOf(actor, at, steps.length);
    const { edits, headline } = decide(records, rule, context);
    for (const { path, record } of edits) {
      if (record === null) records.delete(path);
      else records.set(path, record);
    }
    steps.push({ actor, atMs: context.nowMs, headline, edits });
  };

  play(boldFox, '2026-11-21T08:00:00.000Z', (draft, context) =>
    decideStatus(draft, { state: 'busy', activity: 'split login from session', tags: ['auth', 'typescript'] }, context),
  );
  play(boldFox, '2026-11-21T08:00:05.250Z', (draft, context) => {
    const paths = ['src/auth/**', 'docs/login.md', 'port:5432'];
    const why = 'split login from session';
    return decideClaim(draft, { paths, files: ['docs/login.md'], mode: 'exclusive', why, key: 'first-try' }, context);
  });
  play(ada, '2026-11-21T08:01:00.000Z', (draft, context) => {
    const paths = ['src/auth/login.ts'];
    return decideClaim(draft, { paths, files: paths, mode: 'exclusive', why: 'fix a typo', waitSeconds: 600 }, context);
  });
  play(ada, '2026-11-21T08:02:00.000Z', (draft, context) => {
    const attachments = [{ path: 'src/auth/login.ts', from: 12, to: 12, text: "throw new Error('no sesion');" }];
    const text = 'I only want to fix a typo.\n\nHow long do you need `src/auth`?';
    return decideSend(draft, { to: ['bold-fox'], text, subject: 'Login', ackWanted: true, attachments }, context);
  });
  play(boldFox, '2026-11-21T08:02:20.000Z', (draft, context) => decideReply(draft, { text: 'Ten minutes.' }, context));
  play(ada, '2026-11-21T08:03:00.000Z', (draft, context) => {
    const add = { paths: ['src/api', 'docs/login.md'], files: ['docs/login.md'] };
    return decideSubscribe(draft, { add, remove: [], removeAll: false }, context);
  });
  play(boldFox, '2026-11-21T08:10:00.000Z', (draft, context) => {
    const text = '# Session\n\n`POST /session` answers 201 with `{token}`, or 401.\n';
    return decidePublish(draft, { name: 'session-api', text, why: 'so that login can be split' }, context);
  });
  play(ada, '2026-11-21T08:12:00.000Z', (draft, context) =>
    decideCreateRoom(draft, { room: 'release', topic: 'what goes into 2.0', visibility: 'public' }, context),
  );
  const ada2 = { ...ada, sealTo: sealedExample.sealTo };
  play(ada2, '2026-11-21T08:18:00.000Z', (draft, context) =>
    decideCreateRoom(draft, { room: 'audit', visibility: 'private' }, context),
  );
  play(ada2, '2026-11-21T08:18:30.000Z', (draft, context) => {
    const planned = planFor(draft, { names: [], room: 'audit' }, context);
    if (!planned.ok) throw new Error(planned.refusal.message);
    const { to, key, message } = sealedExample;
    const sealed = { plan: planned.plan, text: message, newKey: { id: context.newId(), to, sealed: key } };
    return decideSend(draft, { to: ['@audit'], text: '', sealed }, context);
  });
  play(boldFox, '2026-11-21T08:20:00.000Z', (draft, context) => {
    const [claim] = [...records.values()].filter(({ kind, agent }) => kind === 'claim' && agent === boldFox.name);
    const unmerged = new Map([[claim?.id ?? '', { tip: '5b0e4b4c9d2a7c8f1e3a6d9b2c5f8e1a4d7b0c3f', commits: 2 }]]);
    return decideRelease(draft, { references: ['docs/login.md'], all: false, unmerged }, context);
  });
  return { steps, records };
}

function contextOf(actor: Actor, at: string, step: number): Context {
  const nowMs = msOf(at);
  let count = 0;
  return {
    nowMs,
    now: instantOf(nowMs),
    actor,
    policy: defaultPolicy,
    // Bytes that look like chance, and are the same each time.
    newId: () =>
      formatId(
        nowMs,
        Uint8Array.from({ length: 7 }, (_, n) => (step * 89 + count++ * 57 + n * n * 37) % 256),
      ),
    processState: () => 'unknown',
    evidence: new Map(),
    seenSinceMs: () => undefined,
  };
}

/** As the store does: what the rule asks for is loaded, and the rule runs again. */
function decide(
  records: Records,
  rule: (draft: Draft, context: Context) => Decision<unknown>,
  context: Context,
): { readonly edits: readonly Edit[]; readonly headline: Headline } {
  const view = new View({ ignoreCase: false });
  for (;;) {
    try {
      const draft = new Draft(view);
      const decision = rule(draft, context);
      if (!decision.ok) throw new Error(decision.refusal.message);
      return { edits: draft.edits(), headline: decision.headline };
    } catch (thrown) {
      if (!(thrown instanceof NotLoaded)) throw thrown;
      load(view, thrown.wanted, records);
    }
  }
}

function load(view: View, wanted: NotLoaded['wanted'], records: Records): void {
  if ('path' in wanted) {
    view.loadRecord(wanted.path, records.get(wanted.path));
    return;
  }
  const within = [...records].filter(([path]) => folderOf(path) === wanted.folder);
  view.loadFolder(
    wanted.folder,
    new Map(within.map(([path, record]) => [path.slice(wanted.folder.length + 1), record])),
  );
}
