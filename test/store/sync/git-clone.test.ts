/** A clone and its authority as two branches of one repository: what one has, the other has fetched. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decideClaim } from '../../../src/domain/claim/claim.ts';
import { decideRelease } from '../../../src/domain/claim/release.ts';
import { Draft } from '../../../src/domain/draft.ts';
import { unreadOf } from '../../../src/domain/message/inbox.ts';
import { decideSend } from '../../../src/domain/message/send.ts';
import type { Oid } from '../../../src/domain/oid.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';
import { claimsFolder } from '../../../src/domain/record/path.ts';
import { act, type Rule } from '../../../src/operations/act.ts';
import { Branch } from '../../../src/store/git/branch.ts';
import { locateNow } from '../../../src/store/git/locate.ts';
import { openGitStore } from '../../../src/store/git/store.ts';
import { unpushedRef } from '../../../src/store/git/synced-refs.ts';
import { GitClone } from '../../../src/store/sync/git-clone.ts';
import { git, makeRepository } from '../../processes/repository.ts';
import { sessionOf } from '../session-of.ts';

let idsDrawn = 0;

function opened(dir: string, name: string) {
  const branch = new Branch({
    repository: locateNow({ cwd: dir, env: process.env }),
    policy: { ...defaultPolicy, branch: name },
    clock: Date.now,
    newId: (nowMs) => `${nowMs.toString(36)}-${idsDrawn++}`,
    host: 'here',
  });
  const store = openGitStore(branch);
  const run = <T>(agent: string, rule: Rule<T>) => act(sessionOf(store, agent), rule, (result) => result);
  return {
    branch,
    claim: (agent: string, path: string) =>
      run(agent, (draft, context) => decideClaim(draft, { paths: [path], mode: 'exclusive' }, context)),
    release: (agent: string, path: string) =>
      run(agent, (draft, context) => decideRelease(draft, { references: [path], all: false }, context)),
    send: (agent: string, text: string) =>
      run(agent, (draft, context) => decideSend(draft, { to: [agent], text }, context)),
    letters: (agent: string) =>
      store.read((view) => unreadOf(new Draft(view), agent).map(({ subject, text }) => subject ?? text)),
    held: () =>
      store.read((view) =>
        [...new Draft(view).folder(claimsFolder)].flatMap((each) =>
          each.kind === 'claim' ? [`${each.agent}: ${each.paths.join(', ')}`] : [],
        ),
      ),
    tokens: () =>
      store.read((view) =>
        [...new Draft(view).folder(claimsFolder)].flatMap((each) => (each.kind === 'claim' ? [each.token] : [])).sort(),
      ),
    tip: () => git(dir, 'rev-parse', `refs/heads/${name}`) as Oid,
  };
}

/** Bob holds `src` at the authority; ada claimed a file of it here. */
async function rivals(isAwaited: (id: string) => boolean) {
  const dir = makeRepository();
  const authority = opened(dir, 'authority');
  const here = opened(dir, 'intercom');
  const clone = new GitClone({ branch: here.branch, isAwaited, deepen: async () => false });
  await authority.claim('ada', 'port:1');
  await clone.join(authority.tip());
  await authority.claim('bob', 'src');
  await here.claim('ada', 'src/a.ts');
  return { dir, authority, here, clone };
}

const letter = 'Your claim on src/a.ts was withdrawn: bob holds it';

describe('who waits for the answer about a claim that is withdrawn', () => {
  test('is told by it, and gets no letter', async () => {
    const { authority, here, clone } = await rivals(() => true);
    const joined = await clone.join(authority.tip());
    expect(joined.withdrawn).toMatchObject([{ agent: 'ada', rival: { agent: 'bob' } }]);
    expect(await here.held()).toEqual(['ada: port:1', 'bob: src']);
    expect(await here.letters('ada')).toEqual([]);
  });

  test('and stops before it was landed gets a letter after all', async () => {
    let asked = 0;
    const { authority, here, clone } = await rivals(() => asked++ === 0);
    await clone.join(authority.tip());
    expect(await here.letters('ada')).toEqual([letter]);
  });

  test('does not get the claim later, when the rival has let go: what was kept is not decided twice', async () => {
    const { dir, authority, here, clone } = await rivals(() => true);
    git(dir, 'update-ref', unpushedRef, here.tip());
    await clone.join(authority.tip());
    await here.release('bob', 'src');
    await clone.join(authority.tip());
    expect(await here.held()).toEqual(['ada: port:1']);
  });
});

test('what was decided again a moment ago is read, though it is not on the disk yet: tokens go on', async () => {
  const { authority, here, clone } = await rivals(() => false);
  await here.claim('ada', 'lib');
  // A message alone is copied unread, and what was known of single records is forgotten by it.
  await here.send('ada', 'hello');
  await here.claim('ada', 'test');
  await clone.join(authority.tip());
  expect(await here.tokens()).toEqual(['1.1', '1.2', '1.3', '1.4']);
});

test('what was kept when somebody put the branch back survives another program that moves it meanwhile', async () => {
  const dir = makeRepository();
  const here = opened(dir, 'intercom');
  await here.send('ada', 'before');
  const older = here.tip();
  await here.send('ada', 'kept');
  await here.claim('ada', 'lib');
  git(dir, 'update-ref', unpushedRef, here.tip());
  git(dir, 'update-ref', 'refs/heads/intercom', older);
  await here.claim('cy', 'lib');
  const put = here.tip();
  await here.send('ada', 'meanwhile');
  const meanwhile = here.tip();
  git(dir, 'update-ref', 'refs/heads/intercom', put);
  // Who is asked whether somebody waits is asked in the middle of deciding again.
  const isAwaited = () => {
    if (here.tip() === put) git(dir, 'update-ref', 'refs/heads/intercom', meanwhile);
    return false;
  };
  const clone = new GitClone({ branch: here.branch, isAwaited, deepen: async () => false });
  await clone.join(older);
  expect(await here.held()).toEqual(['cy: lib']);
  expect(await here.letters('ada')).toEqual(expect.arrayContaining(['before', 'kept', 'meanwhile']));
  expect(await here.letters('ada')).toContain('Your claim on lib was withdrawn: cy holds it');
});

test('a clone goes on recording while much is decided again: the write lock is taken for the last few commits', async () => {
  const { dir, authority, here, clone: other } = await rivals(() => false);
  const tips = [here.tip()];
  for (const file of ['src/b.ts', 'src/c.ts']) {
    for (let n = 0; n < 10; n++) await here.send('ada', `${n} before ${file}`);
    await here.claim('ada', file);
    tips.push(here.tip());
  }
  git(dir, 'update-ref', 'refs/heads/intercom', tips[0] as Oid);
  // Asked in the middle of deciding each of the three claims again: the next portion was recorded by then.
  const isLocked: boolean[] = [];
  const isAwaited = () => {
    isLocked.push(existsSync(join(here.branch.dir, 'write.lock')));
    const next = tips[isLocked.length];
    if (next !== undefined) git(dir, 'update-ref', 'refs/heads/intercom', next);
    return false;
  };
  const clone = new GitClone({ branch: here.branch, isAwaited, deepen: async () => false });
  const { withdrawn } = await clone.join(authority.tip());
  expect(withdrawn.map(({ paths }) => paths)).toEqual([['src/a.ts'], ['src/b.ts'], ['src/c.ts']]);
  expect(isLocked).not.toContain(true);
  expect((await here.letters('ada')).filter((text) => text.includes('before'))).toHaveLength(20);
  expect(await other.ahead()).toBeGreaterThan(20);
  git(dir, 'fsck', '--strict', '--no-dangling');
});
