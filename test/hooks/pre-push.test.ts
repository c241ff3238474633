import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { pushedRefs } from '../../src/hooks/pre-push.ts';
import { HookPlace } from './place.ts';

const some = 'a'.repeat(40);
const none = '0'.repeat(40);

test('what is deleted, and our own refs, are let through', () => {
  const lines = [
    `refs/heads/main ${some} refs/heads/main ${none}`,
    `(delete) ${none} refs/heads/old ${some}`,
    `refs/heads/intercom ${some} refs/heads/intercom ${some}`,
    `refs/intercom/unpushed ${some} refs/intercom/unpushed ${some}`,
    `refs/heads/intercom-two ${some} refs/heads/intercom-two ${some}`,
  ];
  const refs = pushedRefs(`${lines.join('\n')}\n`, 'intercom').map(({ remoteRef }) => remoteRef);
  expect(refs).toEqual(['refs/heads/main', 'refs/heads/intercom-two']);
});

describe('a push', () => {
  let place: HookPlace;
  beforeEach(() => {
    place = new HookPlace();
    place.git('init', '--quiet', '--bare', join(place.dir, 'remote.git'));
    place.git('remote', 'add', 'origin', join(place.dir, 'remote.git'));
    place.git('push', '--quiet', '--no-verify', '-u', 'origin', 'main');
  });

  function commit(path: string): void {
    place.put(path, `${Math.random()}\n`);
    place.git('add', path);
    place.git('commit', '--no-verify', '-qm', `Change ${path}`);
  }

  test('of what another holds is refused', async () => {
    commit('src/auth.ts');
    await place.claim('bob', 'src/auth.ts', '--why', 'split login');
    const { code, stderr } = await place.as('ada', ['push', 'origin', 'main']);
    expect(code).toBe(1);
    expect(stderr).toContain('git intercom: this push changes what others have claimed, and is refused.');
    expect(stderr).toContain('src/auth.ts is claimed by bob on main, 30m left: split login');
    expect(stderr).toContain('git push --no-verify');
    expect(place.git('rev-parse', 'origin/main')).toBe(place.git('rev-parse', 'main^'));
    expect((await place.as('ada', ['push', '--no-verify', 'origin', 'main'])).code).toBe(0);
  });

  test('of a new branch is judged by its own commits', async () => {
    commit('src/cart.ts');
    place.git('push', '--no-verify', '--quiet', 'origin', 'main');
    place.git('checkout', '--quiet', '-b', 'topic');
    commit('src/auth.ts');
    await place.claim('bob', 'src/cart.ts');
    expect((await place.as('ada', ['push', 'origin', 'topic'])).code).toBe(0);
    await place.claim('bob', 'docs');
    commit('docs/guide.md');
    expect((await place.as('ada', ['push', 'origin', 'topic'])).code).toBe(1);
  });

  test('of a merge is not judged by what the merged branch, which the remote has, brought', async () => {
    place.git('checkout', '--quiet', '-b', 'topic');
    commit('src/auth.ts');
    place.git('push', '--no-verify', '--quiet', 'origin', 'topic');
    place.git('checkout', '--quiet', 'main');
    commit('src/cart.ts');
    place.git('merge', '--no-verify', '--quiet', '--no-edit', 'topic');
    await place.claim('bob', 'src/auth.ts');
    expect((await place.as('ada', ['push', 'origin', 'main'])).code).toBe(0);
    await place.claim('bob', 'src/cart.ts');
    place.git('checkout', '--quiet', '-b', 'other');
    expect((await place.as('ada', ['push', 'origin', 'other'])).code).toBe(0);
  });

  test('to an address, of what no remote has', async () => {
    place.git('init', '--quiet', '--bare', join(place.dir, 'other.git'));
    await place.claim('bob', 'src/auth.ts');
    const address = join(place.dir, 'other.git');
    expect((await place.as('ada', ['push', address, 'main'])).code).toBe(0);
    commit('src/auth.ts');
    expect((await place.as('ada', ['push', address, 'main'])).code).toBe(1);
  });

  test('by force over commits that were never fetched', async () => {
    const clone = join(place.dir, 'clone');
    place.git('clone', '--quiet', join(place.dir, 'remote.git'), clone);
    place.git('-C', clone, 'commit', '--allow-empty', '--quiet', '-m', 'Unseen');
    place.git('-C', clone, 'push', '--quiet');
    await place.claim('bob', 'src/auth.ts');
    commit('src/cart.ts');
    expect((await place.as('ada', ['push', '--force', 'origin', 'main'])).code).toBe(0);
    commit('src/auth.ts');
    expect((await place.as('ada', ['push', '--force', 'origin', 'main'])).code).toBe(1);
  });

  test('of what was committed under a claim, and given back before the other claimed it, goes on and is told', async () => {
    await place.claim('ada', 'src/auth.ts', '--for', '60s');
    place.put('src/auth.ts', 'one\n');
    await place.as('ada', ['commit', '-qam', 'One']);
    await place.as('ada', ['intercom', 'release', 'src/auth.ts']);
    await place.claim('bob', 'src/auth.ts');
    const { code, stderr } = await place.as('ada', ['push', 'origin', 'main']);
    expect(code).toBe(0);
    expect(stderr).toContain('it was committed under claims that were given back since');
    commit('src/auth.ts');
    expect((await place.as('ada', ['push', 'origin', 'main'])).code).toBe(1);
  });

  test('of what was committed under a claim that lapsed and was taken is refused: the other has the newer token', async () => {
    await place.claim('ada', 'src/auth.ts', '--for', '60s');
    place.put('src/auth.ts', 'one\n');
    await place.as('ada', ['commit', '-qam', 'One']);
    place.nowMs += 120_000;
    await place.claim('bob', 'src/auth.ts');
    expect((await place.as('ada', ['push', 'origin', 'main'])).code).toBe(1);
  });

  test('of the coordination branch, of tags and of deletions goes through', async () => {
    commit('src/auth.ts');
    await place.claim('bob', 'src/auth.ts');
    expect((await place.as('ada', ['push', 'origin', 'intercom'])).code).toBe(0);
    place.git('push', '--no-verify', '--quiet', 'origin', 'main');
    place.git('tag', '-m', 'One', 'v1');
    expect((await place.as('ada', ['push', 'origin', 'v1'])).code).toBe(0);
    expect((await place.as('ada', ['push', '--delete', 'origin', 'v1'])).code).toBe(0);
    expect((await place.as('ada', ['push', 'origin', 'main'])).code).toBe(0);
  });

  test('of a person goes on, and so it does where the policy says warn', async () => {
    commit('src/auth.ts');
    await place.claim('bob', 'src/auth.ts');
    const dry = ['push', '--dry-run', 'origin', 'main'];
    expect(await place.as(undefined, dry)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('a person is only told'),
    });
    place.put('.intercom/config.yaml', 'hooks:\n  push: warn\n');
    expect(await place.as('ada', dry)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('hooks.push of the policy says warn'),
    });
  });
});
