/** The protocol alone, over a clone and a remote that are lists; what deciding again means is tested elsewhere. */
import { expect, test } from 'vitest';
import { type Clone, exchange, type Remote } from '../../../src/store/sync/exchange.ts';

const offline = { status: 'offline', why: 'cut', next: 'wait' } as const;

/** A tip is a text: each letter a commit. Joining puts what only this clone has behind what the remote has. */
function world(remoteTip: string | null, localTip: string | null, syncedTip: string | null) {
  let [remote, local, synced] = [remoteTip, localTip, syncedTip];
  const calls: string[] = [];
  let between: (() => void) | undefined;
  const clone: Clone<string> = {
    tip: async () => local,
    synced: async () => synced,
    ahead: async () => (local?.length ?? 0) - (synced?.length ?? 0),
    isBefore: async (was, tip) => tip !== was && tip.startsWith(was),
    noteSynced: async (tip) => {
      synced = tip;
    },
    noteUnpushed: async () => void calls.push('kept'),
    join: async (tip) => {
      calls.push('join');
      if (tip === null)
        return { fetched: 0, withdrawn: [], renamed: [], lost: synced === null ? undefined : 'deleted' };
      const own = [...(local ?? '')].filter((letter) => !tip.includes(letter)).join('');
      const fetched = [...tip].filter((letter) => !(local ?? '').includes(letter)).length;
      local = tip + own;
      synced = tip;
      return { fetched, withdrawn: [], renamed: [], lost: undefined };
    },
  };
  const answers: (typeof offline)[] = [];
  const server: Remote<string> = {
    fetch: async () => {
      calls.push('fetch');
      const failed = answers.shift();
      return failed ?? { status: 'reached', value: remote };
    },
    push: async (next) => {
      calls.push('push');
      between?.();
      between = undefined;
      if (remote !== null && !next.startsWith(remote)) return { status: 'moved' };
      const was = remote;
      remote = next;
      return { status: 'accepted', was };
    },
  };
  return {
    clone,
    server,
    calls,
    fail: () => answers.push(offline),
    meanwhile: (act: () => void) => {
      between = act;
    },
    set: (tip: string) => {
      remote = tip;
    },
    get: () => ({ remote, local, synced }),
  };
}

const pace = { attemptsMax: 5, pause: async () => {} };

test('where nobody else has written, a push is all', async () => {
  const { clone, server, calls, get } = world('a', 'ab', 'a');
  const exchanged = await exchange(clone, server, { ...pace, pushFirst: true });
  expect(calls).toEqual(['push']);
  expect(exchanged).toMatchObject({ fetched: 0, pushed: 1, unreached: undefined });
  expect(get()).toEqual({ remote: 'ab', local: 'ab', synced: 'ab' });
});

test.each([
  ['deleted', null, ['deleted']],
  ['put back to an older state', 'a', ['rewound']],
  ['left alone', 'ab', []],
  ['reached by a push of ours whose answer was lost', 'abc', []],
])('a push tells that the branch it met had been %s', async (_, remote, lost) => {
  const { clone, server, calls } = world(remote, 'abcd', 'ab');
  expect(await exchange(clone, server, { ...pace, pushFirst: true })).toMatchObject({ lost, pushed: 2 });
  expect(calls).toEqual(['push']);
});

test('a push that comes too late is followed by a fetch, and what was recorded goes on top', async () => {
  const { clone, server, calls, get } = world('ax', 'ab', 'a');
  const exchanged = await exchange(clone, server, { ...pace, pushFirst: true });
  expect(calls).toEqual(['push', 'fetch', 'join', 'push']);
  expect(exchanged).toMatchObject({ fetched: 1, pushed: 1 });
  expect(get()).toEqual({ remote: 'axb', local: 'axb', synced: 'axb' });
});

test('whoever is overtaken again and again gives up after so many attempts, and keeps what it has', async () => {
  const { clone, server, calls, set, get } = world('a', 'ab', 'a');
  let letter = 'c'.charCodeAt(0);
  const push = server.push.bind(server);
  server.push = async (next) => {
    set(`a${String.fromCharCode(letter++)}`);
    return push(next);
  };
  const exchanged = await exchange(clone, server, { ...pace, pushFirst: false });
  expect(exchanged.unreached).toMatchObject({ status: 'offline', why: expect.stringContaining('5 times') });
  expect(calls.filter((call) => call === 'push')).toHaveLength(5);
  expect(calls.at(-1)).toBe('kept');
  expect(get().local).toContain('b');
});

test('a remote that cannot be reached leaves everything as it is, and what is recorded is kept', async () => {
  const { clone, server, calls, fail, get } = world('a', 'ab', 'a');
  fail();
  const exchanged = await exchange(clone, server, { ...pace, pushFirst: false });
  expect(exchanged.unreached).toEqual(offline);
  expect(calls).toEqual(['fetch', 'kept']);
  expect(get()).toEqual({ remote: 'a', local: 'ab', synced: 'a' });
});

test('with nothing here and nothing there nothing is pushed', async () => {
  const empty = world(null, null, null);
  await exchange(empty.clone, empty.server, { ...pace, pushFirst: false });
  expect(empty.calls).toEqual(['fetch', 'join']);
  const same = world('a', 'a', 'a');
  await exchange(same.clone, same.server, { ...pace, pushFirst: true });
  expect(same.calls).toEqual(['fetch', 'join']);
});

test('a branch that was deleted is made again, also by a clone that has nothing new', async () => {
  for (const local of ['ab', 'a']) {
    const { clone, server, get } = world(null, local, 'a');
    const { lost } = await exchange(clone, server, { ...pace, pushFirst: false });
    expect(lost).toEqual(['deleted']);
    expect(get().remote).toBe(local);
  }
  const { clone, server, get } = world(null, 'ab', 'a');
  expect((await exchange(clone, server, { ...pace, pushFirst: true })).lost).toEqual(['deleted']);
  expect(get().remote).toBe('ab');
});
