import { describe, expect, test } from 'vitest';
import { audienceMax, messageTextBytesMax, recipientsMax, subjectCharsMax } from '../../../src/domain/limits.ts';
import type { AgentRecord } from '../../../src/domain/record/record.ts';
import { accepted, refusal, World } from '../world.ts';
import { ack, send, sent } from './acts.ts';

function withThree(): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  return world;
}

function foldersOf(world: World, id: string): string[] {
  return [...world.records.keys()]
    .filter((path) => path.endsWith(`/${id}`))
    .map((path) => path.slice(0, -id.length - 1))
    .sort();
}

describe('a message to one', () => {
  test('lies in the inbox and under its id, with all that was said', () => {
    const world = withThree();
    const attachments = [{ path: 'src/a.ts', from: 3, to: 4, text: 'x\ny' }];
    const rest = {
      subject: 'the  login',
      importance: 'high',
      ackWanted: true,
      attachments,
      purpose: 'progress',
    } as const;
    const { id } = sent(world, 'ada', 'bob', 'I split it.\nLook.', rest);
    expect(foldersOf(world, id)).toEqual(['inbox/bob', 'messages']);
    expect(world.message(id)).toEqual({
      v: 1,
      id,
      kind: 'message',
      agent: 'ada',
      at: '2026-03-01T09:00:00.000Z',
      uid: 'uid-ada',
      to: ['bob'],
      audience: 'named',
      thread: id,
      purpose: 'progress',
      subject: 'the login',
      importance: 'high',
      ackWanted: true,
      attachments,
      text: 'I split it.\nLook.',
    });
    expect(world.unread('bob')).toEqual([world.message(id)]);
    expect(world.unread('cy')).toEqual([]);
  });

  test('that tells of progress interrupts nobody, and cannot be urgent', () => {
    const how = { purpose: 'progress', importance: 'urgent' } as const;
    expect(refusal(send(withThree(), 'ada', 'bob', 'half', how)).code).toBe('bad-importance');
  });

  test('may be to oneself', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'ada', 'remember');
    expect(world.unread('ada').map((message) => message.id)).toEqual([id]);
  });

  test('registers its sender', () => {
    const world = withThree();
    sent(world, 'dan', 'ada', 'hello');
    expect(world.agent('dan')?.uid).toBe('uid-dan');
  });

  test('reaches one who has left', () => {
    const world = withThree();
    world.put('agents/bob', { ...world.agent('bob'), left: '2026-02-01T00:00:00Z' } as never);
    sent(world, 'ada', 'bob', 'for later');
    expect(world.unread('bob')).toHaveLength(1);
  });
});

test('a message to several lies in each inbox, once where a name comes twice', () => {
  const world = withThree();
  const message = sent(world, 'ada', ['bob', 'cy', 'bob'], 'hello');
  expect(message.to).toEqual(['bob', 'cy']);
  expect(foldersOf(world, message.id)).toEqual(['inbox/bob', 'inbox/cy', 'messages']);
});

describe('a message to all', () => {
  test('is stored once, for those who are here now and have not left, without its sender', () => {
    const world = withThree();
    world.put('agents/cy', { ...world.agent('cy'), left: '2026-02-01T00:00:00Z' } as never);
    const message = sent(world, 'ada', 'all', 'hello');
    expect(message).toMatchObject({ to: ['bob'], audience: 'all' });
    expect(foldersOf(world, message.id)).toEqual(['broadcast', 'messages']);
    expect(world.unread('bob')).toHaveLength(1);
    expect([...world.unread('ada'), ...world.unread('cy')]).toEqual([]);
  });

  test('is not for who comes later', () => {
    const world = withThree();
    sent(world, 'ada', 'all', 'hello');
    world.greet('dan');
    expect(world.unread('dan')).toEqual([]);
  });

  test('is recorded when nobody else is here', () => {
    const world = new World();
    const { id, to } = sent(world, 'ada', 'all', 'hello');
    expect(to).toEqual([]);
    expect(foldersOf(world, id)).toEqual(['messages']);
  });

  function crowd(count: number, name: (n: number) => string): World {
    const world = new World();
    world.greet('ada');
    const ada = world.agent('ada') as AgentRecord;
    for (let n = 0; n < count; n += 1) world.put(`agents/${name(n)}`, { ...ada, agent: name(n) });
    return world;
  }

  test('goes to so many and no more', () => {
    const world = crowd(audienceMax, (n) => `agent-${n}`);
    expect(sent(world, 'ada', 'all', 'hello').to).toHaveLength(audienceMax);
    world.greet('bob');
    expect(refusal(send(world, 'ada', 'all', 'hello')).code).toBe('too-many');
  });

  test('goes to no more than its receipt has room for, when all have acknowledged it', () => {
    const name = (n: number) => `${n}-`.padEnd(64, 'x');
    expect(refusal(send(crowd(1200, name), 'ada', 'all', 'hello')).code).toBe('too-many');
    const world = crowd(1140, name);
    const message = sent(world, 'ada', 'all', 'hello', { thread: 't'.repeat(128) });
    const { id, thread, agent, at, to } = message;
    const marks = to.map((reader) => ({ agent: reader, at }));
    const receipt = { v: 1, id, kind: 'receipt', agent, at, thread, delivered: marks, acknowledged: marks };
    expect(world.putFile(`receipts/${id}`, receipt).kind).toBe('receipt');
  });
});

describe('an unknown recipient', () => {
  test('is refused with the nearest names, and nobody gets anything', () => {
    const world = withThree();
    const refused = refusal(send(world, 'ada', ['cy', 'bbo', 'zoe'], 'hello'));
    expect(refused.code).toBe('unknown-recipient');
    expect(refused.data).toEqual({ unknown: ['bbo', 'zoe'], nearest: ['bob'] });
    expect(refused.message).toBe('There are no agents called bbo and zoe.');
    expect(refused.next).toMatch(/^Near: bob\. /);
    expect(world.unread('cy')).toEqual([]);
  });

  test('is “all” beside other names', () => {
    expect(refusal(send(withThree(), 'ada', ['all', 'bob'], 'hello')).data).toMatchObject({ unknown: ['all'] });
  });

  test('is nobody at all', () => {
    expect(refusal(send(withThree(), 'ada', [], 'hello')).message).toBe('The message has no recipient.');
  });

  test('is one whose record cannot be read', () => {
    const world = withThree();
    world.putFile('agents/bob', { v: 2 });
    expect(refusal(send(world, 'ada', 'bob', 'hello')).code).toBe('unknown-recipient');
    expect(sent(world, 'ada', 'all', 'hello').to).toEqual(['cy']);
  });
});

describe('text', () => {
  test('loses control characters and overrides, and keeps its lines', () => {
    const { text } = sent(withThree(), 'ada', 'bob', 'a\u001b[31m\r\nb\u202e\tc\u0000');
    expect(text).toBe('a\nb\tc');
  });

  test('of attachments does, too', () => {
    const attachments = [{ path: 'src/\u001ba.ts', text: 'x\u001b]0;y\u0007\r\nz' }];
    expect(sent(withThree(), 'ada', 'bob', 'see', { attachments }).attachments).toEqual([
      { path: 'src/ a.ts', text: 'x\nz' },
    ]);
  });

  test('of a subject is one line of so many characters, whatever it is written in', () => {
    expect(sent(withThree(), 'ada', 'bob', 'x', { subject: 'a\nb' }).subject).toBe('a b');
    expect(sent(withThree(), 'ada', 'bob', 'x', { subject: '📬'.repeat(300) }).subject).toHaveLength(
      subjectCharsMax - 1,
    );
    expect(sent(withThree(), 'ada', 'bob', 'x', { subject: '\n' }).subject).toBeUndefined();
  });
});

describe('bounds', () => {
  test('the text has so many bytes and no more', () => {
    const text = 'ü'.repeat(messageTextBytesMax / 2);
    sent(withThree(), 'ada', 'bob', text);
    const refused = refusal(send(withThree(), 'ada', 'bob', `${text}x`));
    expect(refused).toMatchObject({ code: 'too-large', data: { bytes: messageTextBytesMax + 1 } });
  });

  test.each(['"', '\\', '\t.', 'a\n', '\ud800', '\uffff', '路'])(
    'a long text of %j is refused or can be read, under its key, too',
    (part) => {
      const world = withThree();
      const text = part.repeat(messageTextBytesMax / Buffer.byteLength(part));
      const decision = send(world, 'ada', 'bob', text, { key: 'k', subject: '"'.repeat(200) });
      if (!decision.ok) expect(decision.refusal.code).toBe('too-large');
      expect(world.unread('bob')).toHaveLength(decision.ok ? 1 : 0);
    },
  );

  test('so many recipients and no more', () => {
    const names = Array.from({ length: recipientsMax + 1 }, (_, n) => `agent-${n}`);
    const world = withThree();
    expect(refusal(send(world, 'ada', names, 'hello')).code).toBe('too-many');
    expect(refusal(send(world, 'ada', names.slice(1), 'hello')).code).toBe('unknown-recipient');
  });

  test.each([1e12, Number.POSITIVE_INFINITY])(
    'a message that expires in %s seconds can be read',
    (expiresInSeconds) => {
      expect(sent(withThree(), 'ada', 'bob', 'x', { expiresInSeconds }).expires).toBe('2036-02-27T09:00:00.000Z');
    },
  );

  test.each(['my thread', '../agents', '.hidden', 'con', 'nul.x', 'login.', 'x'.repeat(129), ''])(
    '%j names no thread',
    (thread) => {
      expect(refusal(send(withThree(), 'ada', 'bob', 'x', { thread })).code).toBe('bad-name');
    },
  );

  test('a thread may have a name of its own', () => {
    const world = withThree();
    const { id } = sent(world, 'ada', 'bob', 'x', { thread: 'login-refactor' });
    expect(foldersOf(world, id)).toEqual(['inbox/bob', 'messages', 'threads/login-refactor']);
  });
});

describe('superseding', () => {
  test('takes the old one out of the inboxes where it is unread, and delivers the new one to all of them', () => {
    const world = withThree();
    const old = sent(world, 'ada', ['bob', 'cy'], 'at five');
    accepted(ack(world, 'bob', old.id));
    const now = sent(world, 'ada', ['bob', 'cy'], 'at six', { supersedes: old.id });
    expect(world.unread('bob').map(({ id }) => id)).toEqual([now.id]);
    expect(world.unread('cy').map(({ id }) => id)).toEqual([now.id]);
    expect(world.message(old.id)).toMatchObject({ text: 'at five', superseded: true });
    expect(world.message(now.id)).toMatchObject({ supersedes: old.id });
    expect(world.receipt(old.id)?.acknowledged).toMatchObject([{ agent: 'bob' }]);
  });

  test('works for what was said to all', () => {
    const world = withThree();
    const old = sent(world, 'ada', 'all', 'at five');
    const now = sent(world, 'ada', 'all', 'at six', { supersedes: old.id });
    expect(world.unread('cy').map(({ id }) => id)).toEqual([now.id]);
    expect(foldersOf(world, old.id)).toEqual(['messages']);
  });

  test('marks the copy in the thread as well', () => {
    const world = withThree();
    const old = sent(world, 'ada', 'bob', 'at five', { thread: 'dinner' });
    sent(world, 'ada', 'bob', 'at six', { thread: 'dinner', supersedes: old.id });
    expect(world.records.get(`threads/dinner/${old.id}`)).toEqual(world.message(old.id));
  });

  test('is for one’s own messages only', () => {
    const world = withThree();
    const old = sent(world, 'ada', 'bob', 'at five');
    expect(refusal(send(world, 'cy', 'bob', 'never', { supersedes: old.id })).code).toBe('unknown-message');
    expect(refusal(send(world, 'ada', 'bob', 'never', { supersedes: 'no-such' })).code).toBe('unknown-message');
    expect(world.unread('bob').map(({ id }) => id)).toEqual([old.id]);
  });
});

test.each([
  ['bob', {}, 'message ada → bob: hello there'],
  [['bob', 'cy'], { subject: 'hi' }, 'message ada → bob and cy: hi'],
  ['all', { importance: 'urgent' }, 'urgent message ada → all: hello there'],
] as const)('the commit of a message to %s says so', (to, rest, subject) => {
  const decision = send(withThree(), 'ada', to, 'hello\nthere', rest);
  expect(decision.ok && decision.headline).toMatchObject({ op: 'send', subject });
});

test.each(['', '  ', '\n\t'])('a text of %j is no message, unless something is attached', (text) => {
  const world = withThree();
  expect(refusal(send(world, 'ada', 'bob', text)).code).toBe('no-text');
  const attachments = [{ path: 'src/a.ts', from: 1, to: 1, text: 'x' }];
  expect(sent(world, 'ada', 'bob', text, { attachments }).attachments).toHaveLength(1);
});
