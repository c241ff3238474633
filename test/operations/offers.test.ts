/** An offer of freed paths that nobody is left to take is not shown as a claim that somebody has. */
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { claims } from '../../src/operations/claims.ts';
import type { Session } from '../../src/operations/session.ts';

const nowMs = Date.parse('2026-03-02T09:00:00Z');
const at = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString();

function sessionWith(offeredUntil: string, state: 'alive' | 'dead'): Session {
  const claim = {
    v: 1,
    id: 'c1',
    kind: 'claim',
    agent: 'bob',
    uid: 'u-bob',
    paths: ['a.ts'],
    mode: 'exclusive',
    host: hostname(),
    since: at(-90),
    expires: at(1800),
    leaseSeconds: 1800,
    token: '1.1',
    offeredUntil,
  };
  const bob = { kind: 'agent', agent: 'bob', uid: 'u-bob', process: { pid: 1 } };
  const view = {
    paths: {},
    provisional: new Set(),
    record: (path: string) => (path === 'agents/bob' ? bob : undefined),
    folder: (name: string) => new Map(name === 'claims' ? [['c1', claim]] : []),
  };
  return {
    self: { name: 'ada', host: hostname() },
    store: {
      policy: { clockDriftSeconds: 120 },
      place: { repository: null },
      read: async (look: (view: unknown, nowMs: number) => unknown) => look(view, nowMs),
    },
    processState: () => state,
  } as unknown as Session;
}

test.each([
  ['whose taker lives', at(30), 'alive', false, 0],
  ['whose taker is gone', at(30), 'dead', true, 0],
  ['whose minute is over', at(-30), 'alive', true, 1],
] as const)('an offer %s', async (_, offeredUntil, state, lapsed, stale) => {
  const session = sessionWith(offeredUntil, state);
  const all = await claims.run({ stale: false }, session);
  expect(all).toMatchObject({ status: 'done', value: { claims: [{ lapsed }] } });
  const found = await claims.run({ stale: true }, session);
  expect(found.status === 'done' && found.value.claims).toHaveLength(stale);
});
