import { describe, expect, test } from 'vitest';
import { decideStatus } from '../../../src/domain/agent/status.ts';
import { namesFor } from '../../../src/domain/agent/visibility.ts';
import { Draft } from '../../../src/domain/draft.ts';
import { signalText } from '../../../src/domain/guard/signal.ts';
import { shownMail } from '../../../src/domain/message/present.ts';
import { notices } from '../../../src/domain/notice/notices.ts';
import { decideSubscribe } from '../../../src/domain/subscription/subscribe.ts';
import { instantOf } from '../../../src/domain/time.ts';
import { claim, grant, handoff, release, wait } from '../claim/acts.ts';
import { reply, send, sent } from '../message/acts.ts';
import { arrive, cloneOf } from '../replay/clones.ts';
import { accepted, refusal, World } from '../world.ts';

type Visibility = 'visible' | 'hidden' | 'ghost';

function be(world: World, name: string, visibility: Visibility): void {
  accepted(world.decide(name, (draft, context) => decideStatus(draft, { visibility }, context)));
}

/** Ada hides in one way or the other; bob and cy do not. */
function withAda(visibility: Visibility): World {
  const world = new World();
  world.greet('ada', 'bob', 'cy');
  be(world, 'ada', visibility);
  return world;
}

describe.each(['hidden', 'ghost'] as const)('an agent that is %s', (visibility) => {
  test('is not meant by all, and its name is near to no other', () => {
    const world = withAda(visibility);
    expect(sent(world, 'bob', 'all', 'hello').to).toEqual(['cy']);
    expect(refusal(send(world, 'bob', 'adaa', 'hello')).data).toMatchObject({ nearest: [] });
    expect(refusal(handoff(world, 'bob', 'adaa')).data).toMatchObject({ nearest: [] });
  });

  test('holds what it claims, and is shown without its name', () => {
    const world = withAda(visibility);
    const { id } = grant(world, 'ada', 'src/a.ts', { why: 'split' });
    const refused = refusal(claim(world, 'bob', 'src/a.ts'));
    expect(refused).toMatchObject({ code: 'claim-conflict', data: { rivals: [{ id, agent: '(hidden)' }] } });
    expect(refused.message).toMatch(/claimed by \(hidden\), id \w{7}, for 30m more: split/);
    expect(JSON.stringify(refused)).not.toContain('"ada');
    expect(refused.next).not.toMatch(/send|ask/);
    expect(JSON.stringify(refusal(release(world, 'bob', 'src/a.ts')))).not.toContain('ada');
    expect(wait(world, 'bob', 'src/a.ts').agent).toBe('bob');
    grant(world, 'bob', 'src/b.ts');
    const cycle = refusal(claim(world, 'ada', 'src/b.ts', { waitSeconds: 60 }));
    expect(cycle.message).toContain('ada waits for bob, who waits for ada');
  });

  test('is not named by what happens to others, and is by what it sends', () => {
    const world = withAda(visibility);
    grant(world, 'bob', 'src/a.ts', { leaseSeconds: 60 });
    accepted(
      world.decide('cy', (draft, context) =>
        decideSubscribe(draft, { add: { paths: ['src'] }, remove: [], removeAll: false }, context),
      ),
    );
    world.pass(7200);
    grant(world, 'ada', 'src/a.ts');
    for (const name of ['bob', 'cy']) {
      const [notice] = world.unread(name).map((message) => shownMail(message, undefined, name));
      expect(notice).toMatchObject({ from: '(hidden)', kind: 'notice' });
      expect(`${notice?.subject} ${notice?.text}`).not.toContain('ada');
    }
    expect(shownMail(sent(world, 'ada', 'bob', 'it was me'), undefined, 'bob').from).toBe('ada');
  });

  test('is left out of what others watch and read in their work tree', () => {
    const world = withAda(visibility);
    const held = grant(world, 'ada', 'src/a.ts');
    sent(world, 'ada', 'cy', 'the plan');
    const seen = (name: string) => {
      const changes = [...world.records].map(([path, after]) => ({ path, before: undefined, after }));
      const names = (of: string) => (of === 'ada' && name !== 'ada' ? '(hidden)' : of);
      return notices(changes, { name, now: held.since, names }).map(({ text }) => text);
    };
    expect(seen('bob').join('\n')).not.toContain('ada');
    expect(seen('bob')).toContain('(hidden) claims src/a.ts');
    expect(seen('cy')).toContain('ada to cy: the plan');
    expect(seen('ada')).toContain('ada claims src/a.ts');
    const signal = readSignal(world);
    expect(signal).toContain('- src/a.ts: (hidden) until');
    expect(signal).not.toContain('ada');
  });

  test('is that in every clone', () => {
    const authority = new World();
    authority.greet('ada', 'bob');
    const here = cloneOf(authority);
    be(here, 'ada', visibility);
    grant(here, 'ada', 'src/a.ts');
    arrive(authority, here.commits);
    expect(authority.agent('ada')?.visibility).toBe(visibility);
    expect(refusal(claim(authority, 'bob', 'src/a.ts')).data).toMatchObject({ rivals: [{ agent: '(hidden)' }] });
  });

  test('is shown again when it wants to be', () => {
    const world = withAda(visibility);
    be(world, 'ada', 'visible');
    expect(sent(world, 'bob', 'all', 'hello').to).toEqual(['ada', 'cy']);
    expect(namesFor(new Draft(viewOf(world)), 'bob')('ada')).toBe('ada');
  });
});

test('a hidden agent is reached by those who know its name', () => {
  const world = withAda('hidden');
  sent(world, 'bob', 'ada', 'I know you');
  expect(world.unread('ada')).toHaveLength(1);
});

test('a ghost is reached by answers to its own messages, and by nothing else', () => {
  const world = withAda('ghost');
  expect(refusal(send(world, 'bob', 'ada', 'are you there?'))).toMatchObject({ code: 'unknown-recipient' });
  grant(world, 'bob', 'src/a.ts');
  expect(refusal(handoff(world, 'bob', 'ada'))).toMatchObject({ code: 'unknown-recipient' });
  const { id } = sent(world, 'ada', 'bob', 'look at the parser');
  accepted(reply(world, 'bob', 'I do', { reference: id }));
  expect(world.unread('ada').map(({ text }) => text)).toEqual(['I do']);
  expect(refusal(reply(world, 'cy', 'me too', { reference: id }))).toMatchObject({ code: 'unknown-recipient' });
  expect(sent(world, 'ada', 'ada', 'a note to myself').to).toEqual(['ada']);
});

/** All of it at hand. */
function viewOf(world: World) {
  const view = new World();
  for (const [path, record] of world.records) view.put(path, record);
  return { record: (path: string) => view.records.get(path) } as never;
}

function readSignal(world: World): string {
  let text = '';
  world.rehearse('bob', (draft) => {
    text = signalText(draft.view, instantOf(world.nowMs));
    return { ok: true, result: undefined, headline: { op: 'test', subject: '', ids: [] } };
  });
  return text;
}
