/** Landing notes by the rules alone: how they grow, and when they go. */
import { describe, expect, test } from 'vitest';
import { decideRelease } from '../../src/domain/claim/release.ts';
import type { Unmerged } from '../../src/domain/landing/note.ts';
import { decideLanded } from '../../src/domain/landing/settle.ts';
import type { ClaimRecord, LandingRecord } from '../../src/domain/record/record.ts';
import { grant } from './claim/acts.ts';
import { tidy } from './message/acts.ts';
import { arrive, cloneOf } from './replay/clones.ts';
import { accepted, World } from './world.ts';

const [first, second] = ['1', '2'].map((digit) => digit.repeat(40)) as [string, string];

function world(): World {
  const world = new World();
  world.actor('ada', { branch: 'feature' });
  world.greet('ada', 'bob');
  return world;
}

function finish(world: World, claim: ClaimRecord, unmerged: Unmerged | undefined, references = [claim.id]): void {
  const found = new Map(unmerged === undefined ? [] : [[claim.id, unmerged]]);
  accepted(
    world.decide(claim.agent, (draft, context) =>
      decideRelease(draft, { references, all: false, unmerged: found }, context),
    ),
  );
}

function notes(world: World): LandingRecord[] {
  return [...world.records.values()].filter((record) => record.kind === 'landing');
}

function land(world: World, note: LandingRecord | undefined, tip = note?.tip ?? ''): void {
  accepted(
    world.decide('bob', (draft, context) =>
      decideLanded(draft, note === undefined ? [] : [{ id: note.id, tip }], context),
    ),
  );
}

describe('a landing note', () => {
  test('names what was released, and no resource', () => {
    const here = world();
    finish(here, grant(here, 'ada', ['a.ts', 'b.ts', 'port:5432']), { tip: first, commits: 2 }, ['a.ts', 'port:5432']);
    expect(notes(here)).toMatchObject([{ agent: 'ada', branch: 'feature', paths: ['a.ts'], tip: first, commits: 2 }]);
  });

  test('grows with its branch: all paths, the latest commit; a path that was a folder once stays one', () => {
    const here = world();
    finish(here, grant(here, 'ada', ['a.ts', 'b.ts'], { files: ['a.ts', 'b.ts'] }), { tip: first, commits: 3 });
    finish(here, grant(here, 'ada', ['b.ts', 'c.ts'], { files: ['c.ts'] }), { tip: second, commits: 1 });
    expect(notes(here)).toMatchObject([
      { paths: ['a.ts', 'b.ts', 'c.ts'], files: ['a.ts', 'c.ts'], tip: second, commits: 3 },
    ]);
  });

  test('begins anew for another branch, another agent, and where it would have too many paths', () => {
    const here = world();
    const many = (from: number) => Array.from({ length: 60 }, (_, n) => `src/${from + n}.ts`);
    finish(here, grant(here, 'ada', many(0)), { tip: first, commits: 1 });
    finish(here, grant(here, 'ada', many(60)), { tip: first, commits: 1 });
    here.actor('bob', { branch: 'feature' });
    finish(here, grant(here, 'bob', 'a.ts'), { tip: first, commits: 1 });
    here.actor('ada', { branch: 'other' });
    finish(here, grant(here, 'ada', 'a.ts'), { tip: first, commits: 1 });
    expect(
      notes(here)
        .map(({ agent, branch, paths }) => [agent, branch, paths.length])
        .sort(),
    ).toEqual([
      ['ada', 'feature', 60],
      ['ada', 'feature', 60],
      ['ada', 'other', 1],
      ['bob', 'feature', 1],
    ]);
  });

  test('goes when it was seen merged, unless it has grown since', () => {
    const here = world();
    finish(here, grant(here, 'ada', 'a.ts'), { tip: first, commits: 1 });
    const seen = notes(here)[0];
    finish(here, grant(here, 'ada', 'b.ts'), { tip: second, commits: 1 });
    land(here, seen);
    expect(notes(here)).toHaveLength(1);
    land(here, notes(here)[0]);
    expect(notes(here)).toEqual([]);
    land(here, seen);
    expect(here.edits).toEqual([]);
  });

  test('goes after 90 days that it did not grow', () => {
    const here = world();
    finish(here, grant(here, 'ada', 'a.ts'), { tip: first, commits: 1 });
    here.pass(90 * 86_400 - 1);
    tidy(here);
    expect(notes(here)).toHaveLength(1);
    here.pass(1);
    tidy(here);
    expect(notes(here)).toEqual([]);
  });
});

describe('apart', () => {
  test('what was finished in a clone is noted on the authority as it was', () => {
    const authority = world();
    const here = cloneOf(authority);
    here.actor('ada', { branch: 'feature' });
    finish(here, grant(here, 'ada', 'a.ts'), { tip: first, commits: 1 });
    arrive(authority, here.commits);
    expect(notes(authority)).toEqual(notes(here));
  });

  test('what was seen merged goes there, too, and stays where it has grown meanwhile', () => {
    for (const grows of [false, true]) {
      const authority = world();
      finish(authority, grant(authority, 'ada', 'a.ts'), { tip: first, commits: 1 });
      const here = cloneOf(authority);
      if (grows) finish(authority, grant(authority, 'ada', 'b.ts'), { tip: second, commits: 1 });
      land(here, notes(here)[0]);
      arrive(authority, here.commits);
      expect(notes(authority)).toHaveLength(grows ? 1 : 0);
    }
  });
});
