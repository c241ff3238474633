/** A path that lies in another work tree of the repository means the same path, as the guards of edits read it. */
import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Place } from './place.ts';

const ada = { INTERCOM_AGENT: 'ada' };

/** A linked work tree beside the main one, or below it, as some harnesses make them. */
function withLinked(where: 'beside' | 'below'): { readonly place: Place; readonly linked: string } {
  const place = new Place();
  const linked = where === 'beside' ? `${place.dir}/linked` : `${place.repo}/.trees/linked`;
  place.git('worktree', 'add', '--quiet', '-b', 'other', linked);
  return { place, linked };
}

test.each(['beside', 'below'] as const)(
  'a file of a work tree %s this one is claimed and asked for as ours',
  async (where) => {
    const { place, linked } = withLinked(where);
    const server = await place.connect({ env: ada });
    const { json } = await server.call('claim', { paths: [`${linked}/src/a.ts`, `${linked}/docs/*.md`] });
    expect(json.claim.paths).toEqual(['src/a.ts', 'docs/*.md']);
    const asked = place.command('eve', 'check-edit', `${linked}/src/a.ts`);
    expect(asked).toMatchObject({ code: 1, json: { verdict: 'conflict', rivals: [{ agent: 'ada' }] } });
    expect(place.told('eve', 'who', `${linked}/src/a.ts`)).toContain('ada');
    expect((await server.call('release', { paths: [`${linked}/src/a.ts`] })).isError).toBe(false);
  },
);

test('in a linked work tree a file of the main one is ours, too', async () => {
  const { place, linked } = withLinked('below');
  const server = await place.connect({ env: ada, cwd: linked });
  expect((await server.call('claim', { paths: [`${place.repo}/src/a.ts`] })).json.claim.paths).toEqual(['src/a.ts']);
});

test('the folder of a work tree below this one is a folder by name, and not the whole repository', async () => {
  const { place, linked } = withLinked('below');
  const server = await place.connect({ env: ada });
  expect((await server.call('claim', { paths: [linked] })).json.claim.paths).toEqual(['.trees/linked']);
});

test('what goes along with a message is read here: a file of another work tree is refused, and so is another repository', async () => {
  const { place, linked } = withLinked('beside');
  const server = await place.connect({ env: ada });
  const attached = await server.call('send', { to: ['all'], text: 'look', attach: [`${linked}/src/a.ts`] });
  expect(attached.json.error.message).toBe(`${linked}/src/a.ts is not in this work tree (${place.repo}).`);
  mkdirSync(`${place.dir}/elsewhere`);
  const elsewhere = await server.call('claim', { paths: [`${place.dir}/elsewhere/x.ts`] });
  expect(elsewhere.json.error.message).toBe(`${place.dir}/elsewhere/x.ts is not in this repository (${place.repo}).`);
});
