import { describe, expect, test } from 'vitest';
import { notices } from '../../../src/domain/notice/notices.ts';
import type {
  AgentRecord,
  AnyRecord,
  ClaimRecord,
  MessageRecord,
  SpecRecord,
} from '../../../src/domain/record/record.ts';
import type { Change } from '../../../src/domain/view.ts';

const at = '2026-11-21T10:00:00.000Z';
const now = '2026-11-21T10:05:00.000Z';
const envelope = { v: 1, at, uid: 'u1' } as const;

const claim: ClaimRecord = {
  ...envelope,
  id: 'c1',
  kind: 'claim',
  agent: 'ada',
  paths: ['src/auth.ts'],
  mode: 'exclusive',
  why: 'split login',
  since: at,
  expires: '2026-11-21T10:30:00.000Z',
  leaseSeconds: 1800,
  token: '1.1',
};
const message: MessageRecord = {
  ...envelope,
  id: 'm1',
  kind: 'message',
  agent: 'ada',
  to: ['bold-fox'],
  audience: 'named',
  thread: 'm1',
  purpose: 'message',
  importance: 'normal',
  ackWanted: false,
  text: 'hello\nthere',
};
const agent: AgentRecord = { ...envelope, id: 'u1', kind: 'agent', agent: 'ada', state: 'active', lastSeen: at };

function told(path: string, before: AnyRecord | undefined, after: AnyRecord | undefined, name = 'watcher') {
  return notices([{ path, before, after }], { name, now });
}
const line = (path: string, before: AnyRecord | undefined, after: AnyRecord | undefined) =>
  told(path, before, after).map(({ kind, text }) => `${kind}: ${text}`);

test('a new claim is told with its reason, and a claim that is gone by when it was missed', () => {
  expect(line('claims/c1', undefined, claim)).toEqual(['claimed: ada claims src/auth.ts: split login']);
  expect(told('claims/c1', claim, undefined)).toMatchObject([{ kind: 'released', at: now, agent: 'ada', id: 'c1' }]);
});

test('an offer is told once, and again as a claim when it is taken', () => {
  const offer = { ...claim, offeredUntil: '2026-11-21T10:06:00.000Z' };
  expect(line('claims/c1', undefined, offer)).toEqual(['offered: src/auth.ts is offered to ada']);
  expect(line('claims/c1', offer, { ...offer, leaseSeconds: 60 })).toEqual([]);
  expect(line('claims/c1', offer, claim)).toEqual(['claimed: ada claims src/auth.ts: split login']);
});

test('a hand-over concerns both, a renewal only its holder', () => {
  const handed = { ...claim, agent: 'bold-fox', uid: 'u2' };
  expect(line('claims/c1', claim, handed)).toEqual(['handed-over: ada hands src/auth.ts over to bold-fox']);
  for (const name of ['ada', 'bold-fox']) expect(told('claims/c1', claim, handed, name)[0]?.forYou).toBe(true);
  expect(told('claims/c1', claim, handed, 'cedar')[0]?.forYou).toBe(false);
  const renewed = { ...claim, expires: '2026-11-21T11:00:00.000Z' };
  expect(told('claims/c1', claim, renewed, 'ada')).toMatchObject([{ kind: 'renewed', forYou: true }]);
});

test('more paths on a claim are a claim; nothing new is no notice', () => {
  expect(told('claims/c1', claim, { ...claim, paths: ['src/auth.ts', 'lib/**'] })).toMatchObject([{ kind: 'claimed' }]);
  expect(told('claims/c1', claim, claim)).toEqual([]);
});

test('a place in the queue that became a claim is one notice, not two', () => {
  const { since: _since, token: _token, ...kept } = claim;
  const waiting = { ...kept, kind: 'waiting', ticket: 2 } as const;
  expect(line('waiting/c1', undefined, waiting)).toEqual(['waiting: ada waits for src/auth.ts']);
  expect(line('waiting/c1', waiting, undefined)).toEqual(['wait-ended: ada no longer waits for src/auth.ts']);
  const grant = [
    { path: 'waiting/c1', before: waiting, after: undefined },
    { path: 'claims/c1', before: undefined, after: claim },
  ];
  expect(notices(grant, { name: 'ada', now }).map(({ kind }) => kind)).toEqual(['claimed']);
});

test('a message is told once, however many copies of it there are, and as one line', () => {
  const copies = ['messages/m1', 'inbox/bold-fox/m1', 'threads/m0/m1', 'broadcast/m1'];
  const changes = copies.map((path) => ({ path, before: undefined, after: message }));
  expect(notices(changes, { name: 'bold-fox', now })).toMatchObject([
    { kind: 'message', text: 'ada to bold-fox: hello there', forYou: true },
  ]);
  expect(told('messages/m1', message, { ...message, superseded: true } as AnyRecord)).toEqual([]);
});

describe('an ask', () => {
  const open = { ...message, ask: { until: now, host: 'here' } };
  const gone = { path: 'asks/m1', before: open, after: undefined };
  const said = (...changes: Change[]) =>
    notices(changes, { name: 'bold-fox', now }).map(({ kind, text, forYou }) => `${kind}: ${text}, ${forYou}`);

  test('is told as such, once', () => {
    const copies = ['messages/m1', 'inbox/bold-fox/m1', 'asks/m1'];
    const changes = copies.map((path) => ({ path, before: undefined, after: open }));
    expect(said(...changes)).toEqual(['asked: ada asks bold-fox: hello there, true']);
  });

  test('that is answered is told by its answer alone, also where that comes first', () => {
    const answer = { ...message, id: 'm2', agent: 'bold-fox', to: ['ada'], text: 'hi', replyTo: 'm1' };
    const changes: Change[] = [
      { path: 'messages/m2', before: undefined, after: answer },
      { path: 'messages/m1', before: open, after: { ...open, ask: { ...open.ask, answer: 'm2' } } },
      gone,
    ];
    for (const order of [changes, changes.toReversed()])
      expect(said(...order)).toEqual(['answered: bold-fox answers ada: hi, false']);
  });

  test('that was taken back, or that nobody answered, is over', () => {
    const cancelled = { ...open, ask: { ...open.ask, cancelled: now } };
    expect(said(gone, { path: 'messages/m1', before: open, after: cancelled })).toEqual([
      'ask-over: ada takes the ask to bold-fox back: hello there, true',
    ]);
    expect(said(gone)).toEqual(['ask-over: bold-fox did not answer ada in time: hello there, true']);
  });
});

test('only what is new on a receipt is told', () => {
  const receipt = { ...envelope, id: 'm1', kind: 'receipt' as const, agent: 'ada', thread: 'm1', delivered: [] };
  const mark = (name: string) => ({ agent: name, at });
  const before = { ...receipt, acknowledged: [mark('bold-fox')] };
  const after = { ...receipt, acknowledged: [mark('bold-fox'), mark('cedar')] };
  expect(line('receipts/m1', before, after)).toEqual(['acknowledged: cedar acknowledges m1']);
  const completed = { ...after, completed: [mark('cedar')] };
  expect(line('receipts/m1', before, completed)).toEqual(['completed: cedar completes m1']);
  expect(line('receipts/m1', completed, { ...completed, completed: [mark('cedar'), mark('bold-fox')] })).toEqual([
    'completed: bold-fox completes m1',
  ]);
});

test('who has seen a message is told to its sender alone, and not beside that it was acknowledged', () => {
  const receipt = { ...envelope, id: 'm1', kind: 'receipt' as const, agent: 'ada', thread: 'm1', acknowledged: [] };
  const mark = (agent: string) => ({ agent, at });
  const seen = { ...receipt, delivered: [mark('cedar')] };
  const lines = (before: AnyRecord | undefined, after: AnyRecord, name: string) =>
    notices([{ path: 'receipts/m1', before, after }], { name, now }).map(({ kind, text }) => `${kind}: ${text}`);
  expect(lines(undefined, seen, 'ada')).toEqual(['delivered: cedar has seen m1']);
  expect(lines(undefined, seen, 'cedar')).toEqual([]);
  const read = { ...seen, acknowledged: [mark('cedar')] };
  expect(lines(undefined, read, 'ada')).toEqual(['acknowledged: cedar acknowledges m1']);
  expect(lines({ ...read, delivered: [] }, read, 'ada')).toEqual([]);
});

test('a mark on a receipt is for whoever sent the message', () => {
  const receipt = { ...envelope, id: 'm1', kind: 'receipt' as const, agent: 'ada', thread: 'm1', delivered: [] };
  const after = { ...receipt, acknowledged: [{ agent: 'cedar', at }] };
  const seenBy = (name: string) =>
    notices([{ path: 'receipts/m1', before: undefined, after }], { name, now }).map(({ forYou }) => forYou);
  expect([seenBy('ada'), seenBy('cedar')]).toEqual([[true], [false]]);
});

test('an agent that joins, says what it does, leaves and returns is told; that it was seen is not', () => {
  const away = { ...agent, left: now };
  const seen = { ...agent, lastSeen: now, branch: 'topic' };
  expect(line('agents/ada', undefined, agent)).toEqual(['joined: ada joined']);
  expect(line('agents/ada', agent, { ...agent, activity: 'tests' })).toEqual(['status: ada is active: tests']);
  expect(line('agents/ada', agent, away)).toEqual(['left: ada left']);
  expect(line('agents/ada', away, agent)).toEqual(['joined: ada joined']);
  expect(line('agents/ada', agent, seen)).toEqual([]);
});

test('an agent that takes another name is told once, and hands nothing over', () => {
  const owl = { ...agent, agent: 'owl', formerly: ['ada'] };
  const changes: Change[] = [
    { path: 'agents/ada', before: agent, after: undefined },
    { path: 'agents/owl', before: undefined, after: owl },
    { path: 'claims/c1', before: claim, after: { ...claim, agent: 'owl' } },
  ];
  expect(notices(changes, { name: 'owl', now })).toMatchObject([
    { kind: 'status', agent: 'owl', text: 'ada is called owl now', forYou: true },
  ]);
});

test('a record that cannot be read is told, whatever its folder', () => {
  const broken = { kind: 'unreadable', id: 'c9', reason: 'it is empty', paths: ['**'] } as const;
  expect(line('claims/c9', claim, broken)).toEqual(['unreadable: the record claims/c9 cannot be read: it is empty']);
});

test('keys and the fence say nothing', () => {
  const fence = { v: 1, id: 'fence', kind: 'fence', agent: 'ada', at, epoch: 1, counter: 4 } as const;
  expect(told('fence', undefined, fence)).toEqual([]);
});

test('a new version of a spec is told with its reason, and a change that is none is not', () => {
  const spec: SpecRecord = { ...envelope, id: 'api', kind: 'spec', agent: 'ada', version: 2, why: 'codes', text: 'x' };
  expect(line('specs/api', { ...spec, version: 1 }, spec)).toEqual([
    'published: ada publishes version 2 of the spec api: codes',
  ]);
  expect(line('specs/api', undefined, { ...spec, why: undefined })).toEqual([
    'published: ada publishes version 2 of the spec api',
  ]);
  expect(line('specs/api', spec, { ...spec })).toEqual([]);
  expect(line('specs/api', spec, undefined)).toEqual([]);
});
