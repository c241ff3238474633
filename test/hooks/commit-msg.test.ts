import { expect, test } from 'vitest';
import { HookPlace } from './place.ts';

/** What the commit's trailers say, as git reads them. */
function trailers(place: HookPlace): string[] {
  const said = place.git('log', '-1', '--format=%(trailers:only,unfold)');
  return said.split('\n').filter((line) => line !== '');
}

async function staged(path = 'src/auth.ts'): Promise<{ place: HookPlace; id: string }> {
  const place = new HookPlace();
  const id = await place.claim('ada', path);
  place.put('src/auth.ts', 'changed\n');
  place.git('add', '.');
  return { place, id };
}

test('a commit names the claim it was made under, and its token', async () => {
  const { place, id } = await staged();
  expect((await place.as('ada', ['commit', '-m', 'Split login', '-m', 'Because.'])).code).toBe(0);
  expect(place.message()).toBe(`Split login\n\nBecause.\n\nIntercom-Claim: ${id}\nIntercom-Token: 1.1`);
});

test('each claim that covers a staged path is named, and no other', async () => {
  const { place, id } = await staged('src/auth.ts');
  place.nowMs += 1000;
  const folder = await place.claim('ada', 'docs');
  await place.claim('ada', 'src/cart.ts');
  place.put('docs/guide.md', 'changed\n');
  place.git('add', '.');
  await place.as('ada', ['commit', '-m', 'Both']);
  expect(trailers(place)).toEqual([
    ...[`Intercom-Claim: ${id}`, 'Intercom-Token: 1.1'],
    ...[`Intercom-Claim: ${folder}`, 'Intercom-Token: 1.2'],
  ]);
});

test('a commit without a claim says nothing', async () => {
  const { place } = await staged('src/cart.ts');
  await place.as('ada', ['commit', '-m', 'Split login']);
  expect(place.message()).toBe('Split login');
});

test('they join the trailers that are there', async () => {
  const { place, id } = await staged();
  await place.as('ada', ['commit', '--signoff', '-m', 'Split login']);
  expect(trailers(place)).toEqual([
    'Signed-off-by: Grace Hopper <grace@example.org>',
    `Intercom-Claim: ${id}`,
    'Intercom-Token: 1.1',
  ]);
});

test('amending says nothing twice, whether something is added or not', async () => {
  const { place, id } = await staged();
  await place.as('ada', ['commit', '-m', 'Split login']);
  await place.as('ada', ['commit', '--amend', '--no-edit']);
  place.put('src/auth.ts', 'changed again\n');
  await place.as('ada', ['commit', '--amend', '--no-edit', '-a']);
  expect(trailers(place)).toEqual([`Intercom-Claim: ${id}`, 'Intercom-Token: 1.1']);
});

test('the comments of the template stay below', async () => {
  const { place, id } = await staged();
  place.put('.git/editor', '#!/bin/sh\ncp "$1" "$1.shown"\nprintf "Split login\\n" | cat - "$1.shown" > "$1"\n');
  place.hook('post-commit', 'cp .git/COMMIT_EDITMSG .git/seen');
  const { code, stderr } = await place.as('ada', ['commit', '--verbose'], { GIT_EDITOR: 'sh .git/editor' });
  expect(code, stderr).toBe(0);
  expect(place.message()).toBe(`Split login\n\nIntercom-Claim: ${id}\nIntercom-Token: 1.1`);
  expect(place.read('.git/seen')).toMatch(/^Split login\n\nIntercom-Claim: .+\nIntercom-Token: 1\.1\n+# Please enter/);
});

test.each([
  ['nothing but comments', 'true', {}],
  ['an untouched template', 'true', { template: 'Subject of the change\n' }],
  ['sign-offs alone', 'printf "\\nSigned-off-by: a <a@b>\\n" >', {}],
])(
  'a message of %s stays no message: git gives the commit up',
  async (_what, editor, { template }: { template?: string }) => {
    const { place } = await staged();
    if (template !== undefined) {
      place.put('.git/template', template);
      place.git('config', 'commit.template', '.git/template');
    }
    const { code, stderr } = await place.as('ada', ['commit', '--verbose'], { GIT_EDITOR: editor });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Aborting commit/m);
  },
);

test.each([
  ['fixup!', ['commit', '--fixup=HEAD']],
  ['squash!', ['commit', '--squash=HEAD', '--no-edit']],
])('a %s commit finds its target, and the trailer goes with it', async (word, words) => {
  const { place, id } = await staged();
  await place.as('ada', words, { GIT_EDITOR: 'true' });
  expect(place.message()).toMatch(new RegExp(`^${word} Begin\n(.*\n)*Intercom-Claim: ${id}`));
  place.put('src/cart.ts', 'more\n');
  await place.as('ada', ['commit', '-qam', 'More']);
  const rebased = await place.as('ada', ['rebase', '-i', '--autosquash', '--root'], { GIT_EDITOR: 'true' });
  expect(rebased.code, rebased.stderr).toBe(0);
  expect(place.git('log', '--format=%s')).toBe('More\nBegin');
});

test('a line that divides patches, and other comment characters, are no hindrance', async () => {
  const { place } = await staged();
  place.git('config', 'core.commentChar', ';');
  await place.as('ada', ['commit', '-m', 'Split login', '-m', '---\n# kept']);
  expect(place.message()).toMatch(/^Split login\n\n---\n# kept\n\nIntercom-Claim: .+\nIntercom-Token: 1\.1$/);
});
