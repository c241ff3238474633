/** Earlier versions of a spec, as the history of a real repository has them. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

function git(place: Place, args: readonly string[], input?: string): string {
  return execFileSync('git', args, { cwd: place.dir, encoding: 'utf8', input });
}

async function publish(place: Place, minute: number, name: string, text: string): Promise<void> {
  doneBy(await place.as('ada', minute, (ada) => ada.publishSpec({ name, text })));
}

function read(place: Place, name: string, version?: number) {
  return place.as('bob', 50, (bob) => bob.readSpec({ name, version }));
}

/** Commits as others make them, by the hundred: each changes a record that nobody asks for. */
function busy(place: Place, count: number): void {
  const tip = git(place, ['rev-parse', 'intercom']).trim();
  const commits = Array.from({ length: count }, (_, n) => {
    const message = `status eve\n\nIntercom-Op: status\nIntercom-Agent: eve\nIntercom-Uid: u\nIntercom-Id: i${n}\n`;
    return [
      'commit refs/heads/intercom',
      'committer eve <eve@intercom.invalid> 1772355600 +0000',
      `data ${message.length}\n${message}${n === 0 ? `from ${tip}` : ''}`,
      `M 100644 inline .intercom/messages/m${n % 9}.yaml\ndata 4\nn: ${n % 9}`,
    ].join('\n');
  });
  git(place, ['fast-import', '--quiet'], `${commits.join('\n')}\n`);
}

test('every version is read as it was published, whatever else was committed between', async () => {
  const place = new Place();
  const texts = ['one\n', 'two', '', '# four\n\n\n', 'one\n'].map((text) => text || ' \n\tindented\n');
  for (const [n, text] of texts.entries()) {
    await publish(place, n, 'a.b', text);
    await publish(place, n, 'a-b', `${n}\n`);
  }
  for (const [n, text] of texts.entries()) {
    expect(await read(place, 'a.b', n + 1)).toMatchObject({ value: { spec: { version: n + 1, text } } });
  }
  expect(await read(place, 'a.b')).toMatchObject({ value: { spec: { version: 5, by: 'ada', text: 'one\n' } } });
});

test('a version that lies hundreds of commits back is found, and what is named nearly so is not taken for it', async () => {
  const place = new Place();
  await publish(place, 0, 'a.b', 'one\n');
  busy(place, 350);
  await publish(place, 1, 'a-b', 'other\n');
  busy(place, 350);
  await publish(place, 2, 'a.b', 'two\n');
  await publish(place, 3, 'a.b', 'three\n');
  expect(await read(place, 'a.b', 1)).toMatchObject({ value: { spec: { version: 1, text: 'one\n' } } });
  const diff = await place.as('bob', 50, (bob) => bob.diffSpec({ name: 'a.b', from: 1, to: 2 }));
  expect(diff).toMatchObject({ value: { spec: { version: 2 }, diff: { from: 1, to: 2, added: 1, removed: 1 } } });
});

test('a difference is by default that of the newest version, and of the first one none', async () => {
  const place = new Place();
  await publish(place, 0, 'api', 'one\n');
  const diff = (input: { from?: number; to?: number } = {}) =>
    place.as('bob', 50, (bob) => bob.diffSpec({ name: 'api', ...input }));
  expect(await diff()).toMatchObject({ value: { diff: { from: 1, to: 1, added: 0, removed: 0, text: '' } } });
  await publish(place, 1, 'api', 'two\n');
  await publish(place, 2, 'api', 'three\n');
  expect(await diff()).toMatchObject({ value: { diff: { from: 2, to: 3, text: '@@ -1 +1 @@\n-two\n+three\n' } } });
  expect(await diff({ from: 1 })).toMatchObject({ value: { diff: { from: 1, to: 3 } } });
  expect(await diff({ to: 2 })).toMatchObject({ value: { diff: { from: 1, to: 2 } } });
  expect(await diff({ from: 3, to: 1 })).toMatchObject({ value: { spec: { version: 1 }, diff: { from: 3, to: 1 } } });
});

test('what a shallow clone lacks is refused with the way to get it', async () => {
  const place = new Place();
  await publish(place, 0, 'api', 'one\n');
  await publish(place, 1, 'api', 'two\n');
  const clone = new Place();
  git(clone, ['fetch', '--quiet', '--depth=1', `file://${place.dir}`, 'intercom:intercom']);
  expect(await read(clone, 'api')).toMatchObject({ value: { spec: { version: 2 } } });
  const answer = await read(clone, 'api', 1);
  expect(answer).toMatchObject({ status: 'refused', refusal: { code: 'unknown-spec', data: { version: 1 } } });
  expect(answer).toMatchObject({ refusal: { next: expect.stringContaining('--unshallow') } });
});

test('reading commits nothing', async () => {
  const place = new Place();
  await publish(place, 0, 'api', 'one\n');
  const tip = git(place, ['rev-parse', 'intercom']);
  await read(place, 'api');
  await place.as('bob', 51, (bob) => bob.specs({}));
  await place.as('bob', 52, (bob) => bob.diffSpec({ name: 'api' }));
  expect(git(place, ['rev-parse', 'intercom'])).toBe(tip);
});

test('the list names who is told of each', async () => {
  const place = new Place();
  for (const name of ['wire', 'api']) await publish(place, 0, name, 'é\n');
  for (const name of ['eve', 'bob']) await place.as(name, 1, (each) => each.subscribe({ paths: ['spec:api', 'src'] }));
  const { specs } = doneBy(await place.as('bob', 2, (bob) => bob.specs({})));
  expect(specs).toMatchObject([
    { name: 'api', version: 1, by: 'ada', bytes: 3, subscribers: ['bob', 'eve'] },
    { name: 'wire', subscribers: [] },
  ]);
  expect(JSON.stringify(specs)).not.toContain('é');
});

test('a text of nothing is wrong usage, in blanks or in characters that are taken out', async () => {
  const place = new Place();
  for (const text of ['', ' \n\t\n', '\u0007\u202e']) {
    await expect(place.as('ada', 0, (ada) => ada.publishSpec({ name: 'api', text }))).rejects.toThrow('is empty');
  }
});

test('all versions are listed, the newest first, each with its author and reason', async () => {
  const place = new Place();
  await publish(place, 0, 'api', 'one\n');
  await place.as('bob', 1, (bob) => bob.publishSpec({ name: 'api', text: 'two\n', why: 'two is better' }));
  await publish(place, 2, 'api', 'one\n');
  const { versions } = doneBy(await place.as('eve', 3, (eve) => eve.specVersionsOf({ name: 'api' })));
  expect(versions).toMatchObject([
    { name: 'api', version: 3, by: 'ada', why: null, at: '2026-03-01T09:02:00.000Z' },
    { version: 2, by: 'bob', why: 'two is better', bytes: 4 },
    { version: 1, by: 'ada', at: '2026-03-01T09:00:00.000Z' },
  ]);
  expect(await place.as('eve', 3, (eve) => eve.specVersionsOf({ name: 'apy' }))).toMatchObject({
    status: 'refused',
    refusal: { code: 'unknown-spec' },
  });
});

test('who has read which version others see with the next act of the reader, and not of one who hides', async () => {
  const place = new Place();
  for (const [minute, text] of ['one\n', 'two\n'].entries()) await publish(place, minute, 'api', text);
  const readers = async () => {
    const { specs } = doneBy(await place.as('ada', 40, (ada) => ada.specs({})));
    expect(doneBy(await place.as('ada', 40, (ada) => ada.specVersionsOf({ name: 'api' }))).readers).toEqual(
      specs[0]?.readers,
    );
    return specs[0]?.readers.map(({ agent, version }) => [agent, version]);
  };
  await place.as('bob', 2, (bob) => bob.readSpec({ name: 'api', version: 1 }));
  await place.as('eve', 3, (eve) => eve.diffSpec({ name: 'api', from: 1 }));
  expect(await readers()).toEqual([]);
  await place.as('bob', 4, (bob) => bob.status({ activity: 'builds on it' }));
  await place.as('eve', 5, (eve) => eve.status({ activity: 'tests it' }));
  expect(await readers()).toEqual([
    ['bob', 1],
    ['eve', 2],
  ]);
  await place.as('bob', 6, async (bob) => {
    for (const version of [2, 1, 2]) await bob.readSpec({ name: 'api', version });
  });
  await place.as('bob', 7, (bob) => bob.status({ activity: 'has the new one' }));
  await place.as('eve', 8, (eve) => eve.status({ visibility: 'hidden' }));
  expect(await readers()).toEqual([['bob', 2]]);
});
