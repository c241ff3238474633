import { describe, expect, test } from 'vitest';
import { accepted, refusal, World } from '../world.ts';
import { claim, grant, queueFor, release, wait } from './acts.ts';

const force = { why: 'she is on holiday', evidence: 'c: process unknown, changes unknown' };

/** Ada holds `a b.ts` in one claim and `src/*.ts` in another. */
function adas() {
  const world = new World();
  const first = grant(world, 'ada', ['a', 'lib/b.ts']);
  const second = grant(world, 'ada', 'src/*.ts');
  return { world, first, second };
}

describe('what is given back', () => {
  test('a claim by its id, or an ending of it', () => {
    const { world, first, second } = adas();
    expect(accepted(release(world, 'ada', first.id)).claims).toEqual([first]);
    accepted(release(world, 'ada', second.id.slice(-4).toUpperCase()));
    expect(world.held()).toEqual([]);
  });

  test('one path of several: the others stay, under the same id and token', () => {
    const { world, first } = adas();
    const [given] = accepted(release(world, 'ada', 'a')).claims;
    expect(given).toEqual({ ...first, paths: ['a'] });
    expect(world.claim(first.id)).toEqual({ ...first, paths: ['lib/b.ts'] });
    grant(world, 'bob', 'a');
    refusal(claim(world, 'bob', 'lib/b.ts'));
  });

  test('the last path goes with its claim', () => {
    const { world, first } = adas();
    accepted(release(world, 'ada', 'a'));
    accepted(release(world, 'ada', 'lib/b.ts'));
    expect(world.claim(first.id)).toBeUndefined();
  });

  test('a pattern by the same pattern, however it is written', () => {
    const { world } = adas();
    accepted(release(world, 'ada', './src//*.ts'));
    expect(world.held()).toEqual(['ada: a, lib/b.ts']);
  });

  test("what another holds in a wider or narrower pattern is not one's own, and the refusal says whose it is", () => {
    const { world } = adas();
    grant(world, 'bob', 'docs/**');
    const refused = refusal(release(world, 'ada', 'docs/a.md'));
    expect(refused.message).toBe('ada does not hold docs/a.md: bob holds docs/**, which overlaps it.');
    expect(refused.next).toBe(
      'Ask with git intercom send bob "…", or take it with git intercom release \'docs/**\' --force --why "…".',
    );
    expect(refused.data).toEqual({ reference: 'docs/a.md', holders: ['bob'], overlapping: ['docs/**'] });
    accepted(release(world, 'ada', 'docs/**', force));
    expect(refusal(release(world, 'ada', 'docs/a.md')).data).toEqual({ reference: 'docs/a.md', holders: [] });
  });

  test('literal paths by a pattern that takes them in, but no narrower and no other pattern', () => {
    const { world } = adas();
    accepted(release(world, 'ada', 'lib'));
    expect(world.held()).toEqual(['ada: a', 'ada: src/*.ts']);
    expect(refusal(release(world, 'ada', 'src')).code).toBe('not-holder');
    expect(refusal(release(world, 'ada', 'src/a.ts')).code).toBe('not-holder');
  });

  test('a folder is the same with and without the stars behind it', () => {
    for (const [held, named] of [
      ['lib/**', 'lib'],
      ['lib', 'lib/**'],
      ['{a,b}/c/**', '{a,b}/c/'],
    ] as const) {
      const world = new World();
      grant(world, 'ada', held);
      accepted(release(world, 'ada', named));
      expect(world.held(), held).toEqual([]);
    }
  });

  test('of a part of what is held the refusal names the whole, and how it is given back', () => {
    const world = new World();
    grant(world, 'ada', ['src/**', 'docs/*.md', 'c.ts']);
    expect(refusal(release(world, 'ada', 'src/b.ts'))).toMatchObject({
      code: 'not-holder',
      message: 'ada does not hold src/b.ts by itself, but src/**, which overlaps it.',
      next: "Name 'src/**' instead: of a pattern no part can be given up or handed over alone.",
      data: { reference: 'src/b.ts', holders: [], overlapping: ['src/**'] },
    });
    expect(refusal(release(world, 'ada', 'docs')).data).toMatchObject({ overlapping: ['docs/*.md'] });
    expect(refusal(release(world, 'ada', 'lib')).message).toBe('ada does not hold lib.');
  });

  test('several references together, each once', () => {
    const { world, first, second } = adas();
    const { claims } = accepted(release(world, 'ada', ['a', first.id, 'src/*.ts', second.id]));
    expect(claims.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(world.held()).toEqual([]);
  });

  test('all, the places in the queue included', () => {
    const { world } = adas();
    grant(world, 'bob', 'x');
    wait(world, 'ada', 'x');
    accepted(release(world, 'ada', 'all'));
    expect(world.held()).toEqual(['bob: x']);
    expect(world.queue()).toEqual([]);
  });

  test('all of nothing is done, and writes nothing', () => {
    const world = new World();
    world.greet('ada');
    expect(accepted(release(world, 'ada', 'all')).claims).toEqual([]);
    expect(world.edits).toEqual([]);
  });

  test('nor does it register a name, or tidy up after others', () => {
    const { world } = queueFor('bob');
    accepted(release(world, 'newcomer', 'all'));
    expect(world.agent('newcomer')).toBeUndefined();
    world.pass(86_400 + 3600);
    accepted(release(world, 'newcomer', 'all'));
    expect(world.edits).toEqual([]);
  });

  test('a resource by its name, and by no pattern of files', () => {
    const world = new World();
    grant(world, 'ada', ['port:5432', 'a']);
    accepted(release(world, 'ada', '**'));
    expect(world.held()).toEqual(['ada: port:5432']);
    accepted(release(world, 'ada', 'port:5432'));
    expect(world.held()).toEqual([]);
  });

  test('in whatever case, where the repository ignores it', () => {
    const world = new World({ ignoreCase: true });
    grant(world, 'ada', 'Src/Auth.ts');
    accepted(release(world, 'ada', 'src/auth.ts'));
    expect(world.held()).toEqual([]);
  });
});

describe('what one does not hold', () => {
  test('is refused with the name of its holder, and nothing is released', () => {
    const { world } = adas();
    grant(world, 'bob', 'x');
    const refused = refusal(release(world, 'ada', ['a', 'x']));
    expect(refused.code).toBe('not-holder');
    expect(refused.message).toBe('ada does not hold x: bob does.');
    expect(refused.data).toEqual({ reference: 'x', holders: ['bob'] });
    expect(refused.next).toContain('--force');
    expect(world.held()).toContain('ada: a, lib/b.ts');
  });

  test('and nobody else either is refused, too', () => {
    const { world } = adas();
    expect(refusal(release(world, 'ada', 'nowhere')).data).toEqual({ reference: 'nowhere', holders: [] });
  });

  test('nor is nothing at all', () => {
    const { world } = adas();
    expect(refusal(release(world, 'ada', [])).code).toBe('not-holder');
  });
});

describe('by force', () => {
  test('the claim of another goes, with reason and evidence in the history and in its holder’s mail', () => {
    const { world, first } = adas();
    const decision = release(world, 'bob', 'a', force);
    expect(decision.ok && decision.headline).toMatchObject({
      op: 'force-release',
      subject: 'force-release a of ada (bob): she is on holiday',
      ids: [first.id],
      body: 'Why: she is on holiday\nEvidence: c: process unknown, changes unknown',
    });
    expect(world.held()).toEqual(['ada: lib/b.ts', 'ada: src/*.ts']);
    const [notice] = world.unread('ada');
    expect(notice).toMatchObject({ agent: 'bob', purpose: 'notice', subject: 'bob released your claim on a' });
    expect(notice?.text).toContain('she is on holiday');
    expect(notice?.text).toContain('process unknown');
  });

  test('the next in line gets it', () => {
    const { world } = adas();
    const place = wait(world, 'cy', 'a');
    accepted(release(world, 'bob', 'a', force));
    expect(world.claim(place.id)?.agent).toBe('cy');
  });

  test('without force nothing of another is released, nor with all', () => {
    const { world } = adas();
    refusal(release(world, 'bob', 'a'));
    accepted(release(world, 'bob', 'all', force));
    expect(world.held()).toHaveLength(2);
  });

  test('one’s own claim goes without a notice', () => {
    const { world } = adas();
    accepted(release(world, 'ada', 'a', force));
    expect(world.unread('ada')).toEqual([]);
  });

  test('however long the reason is, it can be read', () => {
    const { world } = adas();
    accepted(release(world, 'bob', 'a', { why: 'because '.repeat(20_000), evidence: 'x'.repeat(100_000) }));
    expect(world.unread('ada')[0]?.text).toContain('because');
  });
});

test('a place in the queue that is named twice is left once', () => {
  const world = new World();
  grant(world, 'bob', 'x');
  const { id } = wait(world, 'ada', 'x');
  accepted(release(world, 'ada', [id, id.slice(-6)]));
  expect(world.queue()).toEqual([]);
});

test('the commit of a release says what became free', () => {
  const { world } = adas();
  const decision = release(world, 'ada', 'all');
  expect(decision.ok && decision.headline).toMatchObject({
    op: 'release',
    subject: 'release a, lib/b.ts and 1 more (ada)',
    paths: ['a', 'lib/b.ts', 'src/*.ts'],
  });
});
