/** Those who watch see each move of the branch, whoever made it, and nothing that is none. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claim, expectSound, type Handle, open } from './coordination.ts';
import { git, put, repository } from './sandbox.ts';

/** The claims of which was told, one after the other, and those that are there by what was told so far. */
function watching(intercom: Handle) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const batches: string[][] = [];
  const present = new Set<string>();
  let heard = () => {};
  const done = (async () => {
    for await (const { kind, id } of intercom.watch(stop.signal)) {
      const path = `claims/${id}`;
      batches.push([path]);
      if (kind === 'claimed') present.add(path);
      if (kind === 'released') present.delete(path);
      heard();
    }
  })();
  return {
    batches,
    present,
    stop: async () => {
      stop.abort();
      await done;
    },
    until: async (path: string) => {
      while (!batches.flat().includes(path)) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}

/** The watcher has taken its first look when it sees what came after that. */
async function begun(dir: string, intercom: Handle): Promise<ReturnType<typeof watching>> {
  const watch = watching(intercom);
  for (let n = 0; watch.batches.length === 0 && n < 200; n++) {
    await (await open(dir, 'ant')).status({ activity: `look ${n}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return watch;
}

test('a claim made in another worktree, also after the refs were packed', async () => {
  const dir = repository();
  const linked = join(dir, '../linked');
  git(dir, 'worktree', 'add', '--quiet', linked);
  const fox = await open(dir);
  await claim(fox, 'first.ts');
  const watch = await begun(dir, fox);
  const bee = await open(linked, 'bee');
  await watch.until(`claims/${await claim(bee, 'a.ts')}`);
  git(dir, 'pack-refs', '--all', '--prune');
  await watch.until(`claims/${await claim(bee, 'b.ts')}`);
  git(dir, 'pack-refs', '--all', '--prune');
  git(dir, 'pack-refs', '--all', '--prune');
  await watch.until(`claims/${await claim(bee, 'c.ts')}`);
  await watch.stop();
  expect(watch.batches.every((paths) => paths.length > 0)).toBe(true);
  expectSound(dir, ['a.ts', 'b.ts', 'c.ts', 'first.ts']);
});

test('the first commit of all, in a repository that had no branch', async () => {
  const dir = repository();
  const watch = watching(await open(dir));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await watch.until(`claims/${await claim(await open(dir, 'bee'), 'a.ts')}`);
  await watch.stop();
  expectSound(dir, ['a.ts']);
});

test('a branch that git moves, and one that git deletes', async () => {
  const dir = repository();
  const fox = await open(dir);
  const id = await claim(fox, 'a.ts');
  const tip = git(dir, 'rev-parse', 'intercom');
  const watch = await begun(dir, fox);
  await fox.release({ references: ['a.ts'] });
  await watch.until(`claims/${id}`);
  watch.batches.length = 0;
  git(dir, 'update-ref', 'refs/heads/intercom', tip);
  await watch.until(`claims/${id}`);
  watch.batches.length = 0;
  git(dir, 'branch', '--quiet', '-D', 'intercom');
  await watch.until(`claims/${id}`);
  await watch.stop();
  git(dir, 'update-ref', 'refs/heads/intercom', tip);
  expectSound(dir, ['a.ts']);
});

test('the last of many moves in quick succession is not slept through', async () => {
  const dir = repository();
  const fox = await open(dir);
  const path = `claims/${await claim(fox, 'a.ts')}`;
  const tip = git(dir, 'rev-parse', 'intercom');
  await fox.release({ references: ['a.ts'] });
  const watch = await begun(dir, fox);
  const without = git(dir, 'rev-parse', 'intercom');
  const ref = join(dir, '.git/refs/heads/intercom');
  for (let n = 0; n < 25; n++) {
    for (const [step, oid] of [without, tip, without, tip].entries()) {
      writeFileSync(`${ref}.new`, `${oid}\n`);
      renameSync(`${ref}.new`, ref);
      await new Promise((resolve) => setTimeout(resolve, (n + step) % 5));
    }
    for (const until = Date.now() + 5_000; !watch.present.has(path) && Date.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(watch.present.has(path)).toBe(true);
  }
  await watch.stop();
  expectSound(dir, ['a.ts']);
});

test('a branch in a folder of branches, whose folder git takes away when it packs', async () => {
  const dir = repository();
  put(dir, { '.intercom/config.yaml': 'branch: team/talk\n' });
  const fox = await open(dir);
  await claim(fox, 'first.ts');
  git(dir, 'pack-refs', '--all', '--prune');
  rmSync(join(dir, '.git/refs/heads/team'), { recursive: true, force: true });
  const watch = await begun(dir, fox);
  git(dir, 'pack-refs', '--all', '--prune');
  rmSync(join(dir, '.git/refs/heads/team'), { recursive: true, force: true });
  await watch.until(`claims/${await claim(await open(dir, 'bee'), 'a.ts')}`);
  await watch.until(`claims/${await claim(await open(dir, 'bee'), 'b.ts')}`);
  await watch.stop();
  expectSound(dir, ['a.ts', 'b.ts', 'first.ts'], 'team/talk');
});

test('one who waits is woken at once by a release, also when the refs were packed meanwhile', async () => {
  const dir = repository();
  const fox = await open(dir);
  await claim(fox, 'a.ts');
  git(dir, 'pack-refs', '--all', '--prune');
  const waiting = (await open(dir, 'bee')).claim({ paths: ['a.ts'], waitSeconds: 25 });
  await expect
    .poll(async () => (await fox.claims()) as unknown)
    .toMatchObject({ value: { waiting: [{ agent: 'bee' }] } });
  git(dir, 'pack-refs', '--all', '--prune');
  const releasedMs = Date.now();
  await fox.release({ references: ['a.ts'] });
  expect((await waiting).status).toBe('done');
  expect(Date.now() - releasedMs).toBeLessThan(5_000);
  expectSound(dir, ['a.ts']);
});

test('commits of the code, and other branches, ring nobody', async () => {
  const dir = repository();
  const fox = await open(dir);
  await claim(fox, 'a.ts');
  const watch = await begun(dir, fox);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = watch.batches.length;
  put(dir, { 'a.ts': 'x\n' });
  git(dir, 'commit', '--quiet', '--all', '-m', 'two');
  git(dir, 'branch', 'intercom-not');
  git(dir, 'pack-refs', '--all');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(watch.batches).toHaveLength(before);
  await watch.stop();
  expectSound(dir, ['a.ts']);
});
