/** What search finds in the history of a real repository, beside a scan of everything that was ever said there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeIn } from '../../src/domain/search/excerpt.ts';
import { phrasesOf } from '../../src/domain/search/wanted.ts';
import { wordsIn } from '../../src/domain/search/words.ts';
import type { Intercom } from '../../src/index.ts';
import { open } from '../../src/open.ts';
import { gc } from '../../src/operations/gc.ts';
import { search } from '../../src/operations/search.ts';
import { busy } from './busy.ts';
import { doneBy, Place } from './place.ts';

const agent = fc.constantFrom('ada', 'bob');
const text = fc.constantFrom('split the login', 'the login splits', 'Öl auf port 8080', 'ports', 'src/auth.ts is done');
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('send', 'publish', 'claim'), agent, text }) },
  fc.record({ do: fc.constantFrom('release', 'ack', 'tidy', 'tidy', 'lose the index', 'look'), agent, text }),
);

interface Step {
  readonly do: string;
  readonly agent: string;
  readonly text: string;
}

interface Said {
  readonly what: string;
  readonly id: string;
  readonly from: string;
  readonly texts: readonly string[];
}

const typedAsked = [['login'], ['split'], ['split the'], ['öl', 'PORT'], ['port'], ['auth.ts'], ['ada'], ['80']];

function scan(said: readonly Said[], typed: readonly string[]): string[] {
  const found = said.filter(({ texts }) =>
    phrasesOf(typed).every((phrase) => texts.some((each) => placeIn(wordsIn(each), phrase) >= 0)),
  );
  const newest = new Map(found.map((each) => [`${each.what} ${each.id}`, each]));
  return found
    .toReversed()
    .filter((each) => newest.get(`${each.what} ${each.id}`) === each)
    .map(({ id }) => id);
}

async function look(place: Place, minute: number, said: readonly Said[]): Promise<void> {
  await place.as('bob', minute, async (bob) => {
    for (const words of typedAsked) {
      const { hits } = doneBy(await bob.search({ words, limit: 1000 }));
      expect(
        hits.map(({ id }) => id),
        words.join(' '),
      ).toEqual(scan(said, words));
    }
  });
}

async function doIt(each: Step, said: Said[], n: number, intercom: Intercom): Promise<void> {
  const { agent: from, text } = each;
  if (each.do === 'send') {
    const { message } = doneBy(await intercom.send({ to: ['ada', 'bob'], text }));
    said.push({ what: 'message', id: message.id, from, texts: [text, from] });
  } else if (each.do === 'publish') {
    const { spec } = doneBy(await intercom.publishSpec({ name: 'api', text: `${text} ${n}\n` }));
    said.push({ what: 'spec', id: spec.name, from, texts: ['api', `${text} ${n}`, from] });
  } else if (each.do === 'claim') {
    const { claim } = doneBy(await intercom.claim({ paths: [`part-${n}`], why: text })) as { claim: { id: string } };
    said.push({ what: 'claim', id: claim.id, from, texts: [text, from, 'main', `part-${n}`] });
  } else if (each.do === 'release') await intercom.release({ all: true });
  else if (each.do === 'ack') await intercom.ack({ all: true });
}

/** What is tidied away has been acknowledged, and a while ago. */
async function tidy(place: Place, minute: number): Promise<void> {
  for (const name of ['ada', 'bob']) await place.as(name, minute, (it) => it.ack({ all: true }));
  const env = { ...process.env, INTERCOM_TEST_CLOCK: `2026-03-01T09:${String(minute + 2).padStart(2, '0')}:00.000Z` };
  const { session } = await open({ cwd: place.dir, env, agent: 'ada', uid: 'uid-ada' });
  doneBy(await gc.run({ packOnly: false }, session).finally(() => session.store.close()));
}

test('whatever was said, claimed or published is found by its words as a scan finds it, though the tip has lost it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const place = new Place();
      mkdirSync(join(place.dir, '.intercom'));
      writeFileSync(join(place.dir, '.intercom/config.yaml'), 'retention:\n  messages: 1m\n');
      for (const name of ['ada', 'bob']) await place.as(name, 0, (each) => each.status({ state: 'active' }));
      const said: Said[] = [];
      for (const [n, each] of steps.entries()) {
        if (each.do === 'lose the index') rmSync(indexOf(place), { recursive: true, force: true });
        else if (each.do === 'look') await look(place, n + 1, said);
        else if (each.do === 'tidy') await tidy(place, n + 1);
        else await place.as(each.agent, n + 1, (intercom) => doIt(each, said, n, intercom));
      }
      await look(place, 59, said);
    }),
    { numRuns: 8 },
  );
});

function indexOf(place: Place): string {
  return join(place.dir, '.git/intercom/search');
}

function git(place: Place, args: readonly string[], input?: string): string {
  return execFileSync('git', args, { cwd: place.dir, encoding: 'utf8', input });
}

async function found(place: Place, ...words: string[]): Promise<string[]> {
  const { hits } = doneBy(await place.as('bob', 58, (bob) => bob.search({ words })));
  return hits.map(({ excerpt }) => excerpt);
}

async function say(place: Place, ...texts: readonly string[]): Promise<void> {
  for (const [n, text] of texts.entries()) await place.as('ada', n, (ada) => ada.send({ to: ['all'], text }));
}

test('hundreds of commits at once are taken in as one by one, before and after there is an index', async () => {
  const place = new Place();
  await say(place, 'first words');
  busy(place.dir, 350);
  expect(await found(place, 'n7x')).toEqual(['number n7x']);
  expect(await found(place, 'n349x')).toEqual(['number n349x']);
  for (const [n, text] of ['second words', 'third words'].entries())
    await place.as('ada', 20 + n, (ada) => ada.send({ to: ['all'], text }));
  expect(await found(place, 'words')).toEqual(['third words', 'second words', 'first words']);
  expect(await found(place, 'number', 'n34')).toHaveLength(11);
});

test('the first search of a long history says how far it is, and the next has nothing to say', async () => {
  const place = new Place();
  await say(place, 'first words');
  busy(place.dir, 5_100);
  const { session } = await open({ cwd: place.dir, env: process.env, agent: 'bob', uid: 'uid-bob' });
  const told: string[] = [];
  const look = () =>
    search.run(search.input.parse({ words: ['n7x'] }), { ...session, tellProgress: (text) => told.push(text) });
  expect(doneBy(await look()).hits).toMatchObject([{ text: 'number n7x' }]);
  expect(told).toEqual([expect.stringMatching(/^The history is read for the search, once: 5000 of 510\d commits\.$/)]);
  doneBy(await look());
  expect(told).toHaveLength(1);
  await session.store.close();
});

test('what was committed by hand is not found, and hides nothing', async () => {
  const place = new Place();
  await say(place, 'first words');
  const own = git(place, ['ls-tree', '--name-only', 'intercom', '.intercom/messages/']).trim();
  const by = 'committer eve <eve@example.org> 1772355600 +0000';
  const tip = git(place, ['rev-parse', 'intercom']).trim();
  git(
    place,
    ['fast-import', '--quiet'],
    `commit refs/heads/intercom\n${by}\ndata 4\nhand\nfrom ${tip}\nM 100644 inline ${own}\ndata 9\nv: words\n\n`,
  );
  expect(await found(place, 'words')).toEqual(['first words']);
  await place.as('ada', 30, (ada) => ada.send({ to: ['all'], text: 'second words' }));
  expect(await found(place, 'words')).toEqual(['second words', 'first words']);
});

test('a branch that went another way takes back what only the old way had', async () => {
  const place = new Place();
  await say(place, 'first words');
  const before = git(place, ['rev-parse', 'intercom']).trim();
  await place.as('ada', 20, (ada) => ada.send({ to: ['all'], text: 'lost words' }));
  await place.as('ada', 21, (ada) => ada.claim({ paths: ['src'], why: 'lost claim' }));
  expect(await found(place, 'lost')).toHaveLength(2);
  git(place, ['update-ref', 'refs/heads/intercom', before]);
  expect(await found(place, 'lost')).toEqual([]);
  await place.as('ada', 22, (ada) => ada.send({ to: ['all'], text: 'other words' }));
  expect(await found(place, 'words')).toEqual(['other words', 'first words']);
  expect(await found(place, 'lost')).toEqual([]);
});

test('an index that was damaged in any of its files is made anew', async () => {
  const place = new Place();
  await say(place, 'first words', 'second words');
  await found(place, 'words');
  for (const file of readdirSync(indexOf(place)).filter((name) => /\.(segment|json)$/.test(name))) {
    for (const bytes of ['', 'no index', '\0'.repeat(4000)]) {
      writeFileSync(join(indexOf(place), file), bytes);
      expect(await found(place, 'words')).toEqual(['second words', 'first words']);
    }
  }
});

test('a byte that has flipped in any of its files loses no hit', async () => {
  const place = new Place();
  await say(place, 'first words', 'second words');
  await found(place, 'words');
  for (const file of readdirSync(indexOf(place)).filter((name) => /\.(segment|json)$/.test(name))) {
    const { length } = readFileSync(join(indexOf(place), file));
    for (let at = 0; at < length; at += Math.ceil(length / 40)) {
      const [present = ''] = readdirSync(indexOf(place)).filter((name) => name.endsWith(file.slice(-5)));
      const bytes = readFileSync(join(indexOf(place), present));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(indexOf(place), present), bytes);
      expect(await found(place, 'words')).toEqual(['second words', 'first words']);
    }
  }
});

test('searches of many at once agree, while the index is thrown away', async () => {
  const place = new Place();
  await say(place, 'first words', 'second words');
  const searches = Array.from({ length: 12 }, async (_, n) => {
    if (n % 4 === 3) rmSync(indexOf(place), { recursive: true, force: true });
    return found(place, 'words');
  });
  for (const each of await Promise.all(searches)) expect(each).toEqual(['second words', 'first words']);
});

test('where the index cannot be written it is made in memory for the question', async () => {
  const place = new Place();
  await say(place, 'first words');
  writeFileSync(indexOf(place), 'no folder');
  expect(await found(place, 'words')).toEqual(['first words']);
});

test('filters narrow by sender, kind, path, thread and time, with words or without', async () => {
  const place = new Place();
  await say(place, 'first words');
  const thread = await place.as('ada', 10, async (ada) => {
    doneBy(await ada.claim({ paths: ['src/a.ts', 'docs'], why: 'words on a claim' }));
    return doneBy(await ada.send({ to: ['all'], text: 'beginning' })).message.thread;
  });
  await place.as('bob', 20, async (bob) => {
    doneBy(await bob.reply({ id: thread, text: 'going on' }));
    doneBy(await bob.publishSpec({ name: 'api', text: 'words of a spec\n' }));
  });
  const by = (input: object) =>
    place.as('bob', 30, async (bob) =>
      doneBy(await bob.search(input)).hits.map(({ what, excerpt }) => `${what}: ${excerpt}`),
    );
  expect(await by({ from: 'bob' })).toEqual(['spec: words of a spec', 'message: going on']);
  expect(await by({ words: ['words'], kind: 'claim' })).toEqual(['claim: words on a claim']);
  expect(await by({ path: 'docs/guide.md' })).toEqual(['claim: words on a claim']);
  expect(await by({ path: 'src/a.ts/below' })).toEqual([]);
  expect(await by({ thread: thread.slice(-7) })).toEqual(['message: going on', 'message: beginning']);
  expect(await by({ words: ['words'], sinceSeconds: 25 * 60 })).toEqual([
    'spec: words of a spec',
    'claim: words on a claim',
  ]);
  expect(await by({ limit: 1 })).toEqual(['spec: words of a spec']);
  const nothing = await place.as('bob', 31, (bob) => bob.search({ words: ['?!'] }));
  expect(nothing).toMatchObject({
    status: 'refused',
    refusal: { message: expect.stringContaining('no letters or digits') },
  });
});

test('what an agent said before it took another name is found by either name, though it is over', async () => {
  const place = new Place();
  await place.as('bob', 0, (bob) => bob.status({ state: 'active' }));
  await place.as('ada', 1, async (ada) => {
    doneBy(await ada.send({ to: ['bob'], text: 'old words' }));
    doneBy(await ada.claim({ paths: ['src'], why: 'old claim' }));
    doneBy(await ada.release({ all: true }));
    doneBy(await ada.publishSpec({ name: 'api', text: 'old spec\n' }));
  });
  await place.as('bob', 2, (bob) => bob.ack({ all: true }));
  await place.as('ada', 3, async (ada) => doneBy(await ada.status({ name: 'daniel' })));
  await place.as('bob', 4, async (bob) => {
    for (const from of ['daniel', 'ada']) {
      const { hits } = doneBy(await bob.search({ from }));
      expect(hits.map(({ excerpt }) => excerpt).toSorted(), from).toEqual(['old claim', 'old spec', 'old words']);
    }
  });
});

test('a long thread and a room are read in pages from the newest back, and each message once', async () => {
  const place = new Place();
  await place.as('ada', 0, (ada) => ada.room({ action: 'create', room: 'ops' }));
  const first = doneBy(await place.as('ada', 1, (ada) => ada.send({ to: ['@ops'], text: 'text 1' }))).message;
  for (let n = 2; n <= 7; n++) {
    await place.as('ada', n, (ada) => ada.send({ to: ['@ops'], text: `text ${n}`, thread: first.id }));
  }
  await place.as('ada', 20, async (ada) => {
    const pages: string[][] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = doneBy(await ada.thread({ id: first.id, limit: 3, before }));
      pages.push(page.messages.map(({ text }) => text));
      before = page.earlier;
    }
    expect(pages).toEqual([['text 5', 'text 6', 'text 7'], ['text 2', 'text 3', 'text 4'], ['text 1']]);
    const room = doneBy(await ada.rooms({ room: 'ops', messages: 2 }));
    expect(room.messages?.map(({ text }) => text)).toEqual(['text 6', 'text 7']);
    const earlier = doneBy(await ada.rooms({ room: 'ops', messages: 9, before: room.earlier ?? undefined }));
    expect(earlier.messages?.map(({ text }) => text)).toEqual([1, 2, 3, 4, 5].map((n) => `text ${n}`));
    expect(earlier.earlier).toBeNull();
  });
});
