import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { policySchema } from '../../src/domain/policy-file/schema.ts';
import { parseDuration } from '../../src/domain/time.ts';

test('without a file the team has the defaults of the documentation', () => {
  expect(defaultPolicy).toEqual({
    branch: 'intercom',
    remote: null,
    hub: null,
    repository: null,
    sync: { intervalSeconds: 15, idleIntervalSeconds: 120, batchSeconds: 2, deadlineSeconds: 10 },
    leaseSeconds: parseDuration('30m'),
    leaseSecondsMax: parseDuration('24h'),
    clockDriftSeconds: parseDuration('2m'),
    threadRetentionDays: 30,
    inboxPerSender: 1000,
    undeliveredDays: 14,
    hooks: { commit: 'refuse', push: 'refuse', releaseOnCommit: 'auto' },
    skipCi: true,
    signalFile: false,
    guard: { edits: 'refuse', shell: 'refuse', autoClaim: true, broken: 'allow' },
    owners: [],
    confirm: { messages: false, force: false },
    escalation: { command: null, ackOverdueSeconds: null },
    landing: true,
    sign: false,
  });
});

test('a file may be empty, or say all there is to say', () => {
  expect(policySchema.parse({})).toEqual({});
  const all = {
    branch: 'team/intercom',
    remote: 'origin',
    hub: 'https://example.org/team/hub.git',
    repository: 'server~1f3a9c20',
    sync: { interval: '30s', idleInterval: '10m', batch: '0s', deadline: '1m' },
    lease: { default: '1h30m', max: '2d' },
    clock: { drift: '90s' },
    retention: { messages: '12w' },
    hooks: { commit: 'warn', push: 'off', releaseOnCommit: 'none' },
    skipCi: false,
    signalFile: true,
    guard: { edits: 'warn', shell: 'off', autoClaim: false, broken: 'refuse' } as const,
    confirm: { messages: true, force: true },
    owners: [{ paths: ['src/store'], agents: ['ada'], why: 'frozen' }],
  };
  expect(policySchema.parse(all)).toEqual(all);
});

describe('a branch', () => {
  test.each(['intercom', 'team/intercom', 'a.b', 'v1_x-y'])('may be called %s', (branch) => {
    expect(policySchema.safeParse({ branch }).success).toBe(true);
  });

  test.each([
    '',
    '.intercom',
    'a/.b',
    'a..b',
    'a//b',
    'a.lock',
    'a.lock/b',
    'a/',
    'a.',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    '-x',
    '/x',
  ])('may not be called %j', (branch) => {
    expect(policySchema.safeParse({ branch }).success).toBe(false);
  });
});

test.each([30, '30', 'soon', '-5m', '', '5 m'])('%j is no duration in a policy', (length) => {
  expect(policySchema.safeParse({ lease: { default: length } }).success).toBe(false);
});

test('every duration that a policy may hold can be read', () => {
  for (const words of ['90s', '30m', '2h', '7d', '2w', '1h30m', '1.5h']) {
    expect(policySchema.safeParse({ lease: { max: words } }).success).toBe(true);
    expect(parseDuration(words)).toBeGreaterThan(0);
  }
});
