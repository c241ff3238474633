/** Two agents write the same words, in work trees where other things stand; or one, before and after a file is made. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { doneBy, Place } from './place.ts';

class TwoTrees extends Place {
  readonly linked = `${this.dir}-linked`;

  constructor() {
    super();
    const name = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
    execFileSync('git', [...name, 'commit', '--quiet', '--allow-empty', '-m', 'first'], { cwd: this.dir });
    execFileSync('git', ['worktree', 'add', '--quiet', this.linked], { cwd: this.dir });
    onTestFinished(() => removeFolder(this.linked));
  }

  make(tree: string, path: string): void {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), 'changed\n');
  }
}

const page = 'src/[id]/page.tsx';

test.each([
  ['the file stands in the first work tree', page, 'dir'],
  ['the file stands in the second', page, 'linked'],
  ['the folder stands in the first', 'src/[id]/other.tsx', 'dir'],
  ['the folder stands in the second', 'src/[id]/other.tsx', 'linked'],
] as const)('the same words are claimed once: %s', async (_what, file, tree) => {
  const place = new TwoTrees();
  place.make(place[tree], file);
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: [page] })));
  const bob = await place.as('bob', 1, (bob) => bob.claim({ paths: [page] }), place.linked);
  expect(bob).toMatchObject({ status: 'refused', refusal: { code: 'claim-conflict' } });
  const verdict = await place.as('bob', 2, (bob) => bob.checkEdit({ paths: [page] }), place.linked);
  expect(doneBy(verdict).verdict).toBe('conflict');
});

test('a file that was claimed before it is made is held when it is there, and given back by the same words', async () => {
  const place = new TwoTrees();
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: [page] })));
  place.make(place.dir, page);
  expect(doneBy(await place.as('ada', 1, (ada) => ada.checkEdit({ paths: [page] }))).verdict).toBe('ours');
  expect((await place.as('bob', 2, (bob) => bob.claim({ paths: [page] }))).status).toBe('refused');
  expect((await place.as('ada', 3, (ada) => ada.renew({ references: [page] }))).status).toBe('done');
  doneBy(await place.as('ada', 4, (ada) => ada.claim({ paths: [page] })));
  doneBy(await place.as('ada', 5, (ada) => ada.release({ references: [page] })));
  expect(doneBy(await place.as('ada', 6, (ada) => ada.claims({}))).claims).toEqual([]);
});

test('a folder that was claimed while it stood there is given back by the same words when it is gone', async () => {
  const place = new TwoTrees();
  place.make(place.dir, 'src/[id]/a.ts');
  const paths = ['src/[id]/**'];
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths })));
  doneBy(await place.as('ada', 1, (ada) => ada.subscribe({ paths })));
  rmSync(join(place.dir, 'src'), { recursive: true });
  doneBy(await place.as('ada', 2, (ada) => ada.release({ references: paths })));
  expect(doneBy(await place.as('ada', 3, (ada) => ada.subscribe({ remove: paths }))).paths).toEqual([]);
});

test('who sees a change of that name in another work tree', async () => {
  const place = new TwoTrees();
  place.make(place.linked, page);
  const [report] = doneBy(await place.as('ada', 0, (ada) => ada.who({ paths: [page] }))).paths ?? [];
  expect(report?.changes).toMatchObject([{ paths: [page] }]);
});

test('a class that was meant is held, too', async () => {
  const place = new TwoTrees();
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['src/[ab].ts'] })));
  expect((await place.as('bob', 1, (bob) => bob.claim({ paths: ['src/a.ts'] }))).status).toBe('refused');
});

test("what was granted below a file of another is nobody else's for check-edit and check, too", async () => {
  const place = new TwoTrees();
  place.make(place.dir, 'src/auth.ts');
  place.make(place.linked, 'src/auth.ts/in.ts');
  doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['src/auth.ts'] })));
  const paths = ['src/auth.ts/in.ts'];
  doneBy(await place.as('bob', 1, (bob) => bob.claim({ paths }), place.linked));
  expect(doneBy(await place.as('bob', 2, (bob) => bob.checkEdit({ paths }), place.linked)).verdict).toBe('ours');
  const checked = await place.as('bob', 3, (bob) => bob.check({}), place.linked);
  expect(doneBy(checked).findings.map(({ rule }) => rule)).not.toContain('claims-overlap');
});
