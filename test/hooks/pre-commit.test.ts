import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HookPlace } from './place.ts';

test('what another agent holds is not committed, and the refusal names holder, reason, time left and the ways on', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts', '--why', 'split login');
  place.nowMs += 6 * 60_000;
  place.put('src/auth.ts', 'changed\n');
  const { code, stderr } = await place.as('ada', ['commit', '-am', 'Mine']);
  expect(code).toBe(1);
  expect(stderr).toBe(
    [
      'git intercom: this commit changes what others have claimed, and is refused.',
      '  src/auth.ts is claimed by bob on main, 24m left: split login',
      'next:  Run git intercom send bob "…", or git intercom claim src/auth.ts --wait to stand in line.',
      '       To go on without them: git commit --no-verify, or INTERCOM_SKIP=1.',
      '',
    ].join('\n'),
  );
  expect(place.message()).toBe('Begin');
});

test.each([
  ['--no-verify', ['commit', '--no-verify', '-am', 'Mine'], {}],
  ['INTERCOM_SKIP=1', ['commit', '-am', 'Mine'], { INTERCOM_SKIP: '1' }],
])('%s goes on', async (_how, words, extra) => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts');
  place.put('src/auth.ts', 'changed\n');
  expect(await place.as('ada', words, extra)).toMatchObject({ code: 0, stderr: '' });
});

test('the holder commits, and so does who touches something else', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts');
  place.put('src/auth.ts', 'changed\n');
  expect((await place.as('bob', ['commit', '-am', 'Mine'])).code).toBe(0);
  place.put('src/cart.ts', 'changed\n');
  expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(0);
});

test('a person is told, and never locked out', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts', '--why', 'split login');
  place.put('src/auth.ts', 'changed\n');
  const { code, stderr } = await place.as(undefined, ['commit', '-am', 'Mine']);
  expect(code).toBe(0);
  expect(stderr).toContain('a person is only told');
  expect(stderr).toContain('src/auth.ts is claimed by bob on main, 30m left: split login');
});

test('a person who was never here is told as well, and stays unknown', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts');
  const person = join(place.dir, 'home/data/git-intercom/person');
  rmSync(person);
  place.put('src/auth.ts', 'changed\n');
  const { code, stderr } = await place.as(undefined, ['commit', '-am', 'Mine']);
  expect(code).toBe(0);
  expect(stderr).toContain('a person is only told');
  expect((await place.as(undefined, ['checkout', 'HEAD~1', '--', 'src/auth.ts'])).code).toBe(0);
  expect(existsSync(person)).toBe(false);
});

test('a session of a harness is an agent, and its own claims are its own', async () => {
  const place = new HookPlace();
  const session = { CLAUDE_CODE_SESSION_ID: '8a3f1c52-0000-4000-8000-000000000000' };
  expect((await place.as(undefined, ['intercom', 'claim', 'src/cart.ts'], session)).code).toBe(0);
  await place.claim('bob', 'src/auth.ts');
  place.put('src/cart.ts', 'changed\n');
  expect((await place.as(undefined, ['commit', '-am', 'Mine'], session)).code).toBe(0);
  expect(place.message()).toContain('Intercom-Claim: ');
  place.put('src/auth.ts', 'changed\n');
  expect((await place.as(undefined, ['commit', '-am', 'Mine'], session)).code).toBe(1);
});

describe('which paths count', () => {
  async function refusedAfter(claimed: string, act: (place: HookPlace) => unknown): Promise<boolean> {
    const place = new HookPlace();
    await place.claim('bob', claimed);
    await act(place);
    return (await place.as('ada', ['commit', '-m', 'Mine'])).code === 1;
  }

  test('a new file', async () => {
    const act = (place: HookPlace) => {
      place.put('src/new.ts', 'new\n');
      place.git('add', '.');
    };
    expect(await refusedAfter('src/new.ts', act)).toBe(true);
  });

  test('a deleted one', async () => {
    expect(await refusedAfter('src/cart.ts', (place) => place.git('rm', '-q', 'src/cart.ts'))).toBe(true);
  });

  test.each(['src/cart.ts', 'lib/cart.ts'])('both names of a rename: %s', async (claimed) => {
    const act = (place: HookPlace) => {
      place.put('lib/x', '');
      place.git('config', 'diff.renames', 'copies');
      place.git('mv', 'src/cart.ts', 'lib/cart.ts');
    };
    expect(await refusedAfter(claimed, act)).toBe(true);
  });

  test('a file with a space and letters beyond ASCII', async () => {
    const act = (place: HookPlace) => {
      place.put('docs/größe 1.md', 'x\n');
      place.git('add', '.');
    };
    expect(await refusedAfter('docs/größe 1.md', act)).toBe(true);
  });

  test('what is not staged does not', async () => {
    const act = (place: HookPlace) => {
      place.put('src/auth.ts', 'changed\n');
      place.put('docs/guide.md', 'changed\n');
      place.git('add', 'docs/guide.md');
    };
    expect(await refusedAfter('src/auth.ts', act)).toBe(false);
  });

  test('git commit -a and git commit <path> are judged by the index that they make', async () => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    place.put('src/auth.ts', 'changed\n');
    place.put('src/cart.ts', 'changed\n');
    place.git('add', 'src/auth.ts');
    expect((await place.as('ada', ['commit', '-m', 'Mine', 'src/cart.ts'])).code).toBe(0);
    expect((await place.as('ada', ['commit', '-am', 'Mine'])).code).toBe(1);
    expect((await place.as('ada', ['commit', '-m', 'Mine', 'src/auth.ts'])).code).toBe(1);
  });

  test('from a folder of a linked work tree', async () => {
    const place = new HookPlace();
    const linked = join(place.dir, 'linked');
    place.git('worktree', 'add', '--quiet', linked);
    await place.claim('bob', 'src/auth.ts');
    place.put('src/auth.ts', 'changed\n', linked);
    place.put('src/cart.ts', 'changed\n', linked);
    const from = join(linked, 'src');
    expect((await place.as('ada', ['commit', '-am', 'Mine'], {}, from)).code).toBe(1);
    expect((await place.as('ada', ['commit', '-m', 'Mine', 'cart.ts'], {}, from)).code).toBe(0);
    expect((await place.as('ada', ['-C', linked, 'commit', '-am', 'Mine'])).code).toBe(1);
  });

  test('the first commit of a repository', async () => {
    const place = new HookPlace();
    await place.claim('bob', 'src/auth.ts');
    place.git('checkout', '--quiet', '--orphan', 'other');
    expect((await place.as('ada', ['commit', '-m', 'Mine'])).code).toBe(1);
  });

  test('a message that is said otherwise changes no path', async () => {
    const place = new HookPlace();
    place.put('src/auth.ts', 'changed\n');
    place.git('commit', '--no-verify', '-qam', 'Mine');
    await place.claim('bob', 'src/auth.ts');
    expect((await place.as('ada', ['commit', '--amend', '-m', 'Better'])).code).toBe(0);
  });
});

describe('a merge', () => {
  /** `other` changes auth.ts and guide.md; `main` guide.md and cart.ts: guide.md is in conflict. */
  async function merging(): Promise<HookPlace> {
    const place = new HookPlace();
    place.git('checkout', '--quiet', '-b', 'other');
    place.put('src/auth.ts', 'theirs\n');
    place.put('docs/guide.md', 'theirs\n');
    place.git('commit', '--no-verify', '-qam', 'Theirs');
    place.git('checkout', '--quiet', 'main');
    place.put('src/cart.ts', 'ours\n');
    place.put('docs/guide.md', 'ours\n');
    place.git('commit', '--no-verify', '-qam', 'Ours');
    expect((await place.as('ada', ['merge', 'other'])).code).toBe(1);
    return place;
  }

  test('is not judged by what the other branch brings', async () => {
    const place = await merging();
    await place.claim('bob', 'src/auth.ts');
    place.put('docs/guide.md', 'both\n');
    place.git('add', '.');
    expect(await place.as('ada', ['commit', '--no-edit'])).toMatchObject({ code: 0 });
  });

  test.each(['both\n', 'theirs\n'])('is judged by what was in conflict, resolved as %j', async (resolved) => {
    const place = await merging();
    await place.claim('bob', 'docs/guide.md');
    place.put('docs/guide.md', resolved);
    place.git('add', '.');
    expect((await place.as('ada', ['commit', '--no-edit'])).code).toBe(1);
  });

  test('is judged by what it changes beside', async () => {
    const place = await merging();
    await place.claim('bob', 'src/api');
    place.put('docs/guide.md', 'both\n');
    place.put('src/api/users.ts', 'slipped in\n');
    place.git('add', '.');
    expect((await place.as('ada', ['commit', '--no-edit'])).code).toBe(1);
  });
});

test('nobody commits by hand on the coordination branch, not even a person', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts');
  place.git('checkout', '--quiet', 'intercom');
  place.put('note.txt', 'x\n');
  place.git('add', '.');
  const { code, stderr } = await place.as(undefined, ['commit', '-m', 'By hand']);
  expect(code).toBe(1);
  expect(stderr).toContain('git switch -');
});

test('index and work tree stay as they are', async () => {
  const place = new HookPlace();
  await place.claim('bob', 'src/auth.ts');
  place.put('src/auth.ts', 'changed\n');
  place.git('add', '.');
  const before = place.git('ls-files', '--stage', '--debug');
  await place.as('ada', ['commit', '-m', 'Mine']);
  expect(place.git('ls-files', '--stage', '--debug')).toBe(before);
  expect(place.git('status', '--porcelain')).toBe('M  src/auth.ts');
});
