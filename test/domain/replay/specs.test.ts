/** Specs that were published in clones apart: each text is kept, in the order in which it arrives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ack } from '../message/acts.ts';
import { published, specIn, subscribe } from '../spec/acts.ts';
import { accepted } from '../world.ts';
import { apart, arrive, type Clone, cloneOf } from './clones.ts';

describe('a spec that was published apart', () => {
  test('comes out as it was on a base that nobody moved, and so does the notice to a subscriber', () => {
    const { authority } = apart('ada', 'bob');
    subscribe(authority, 'bob', 'spec:api');
    published(authority, 'ada', 'api', 'one\n');
    const here = cloneOf(authority);
    const spec = published(here, 'ada', 'api', 'two\n');
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toEqual(spec);
    expect(authority.unread('bob')).toEqual(here.unread('bob'));
    expect(authority.notices('ada')).toEqual([]);
  });

  test('becomes the version after one that came before it: its text is kept, and its author is told what it follows', () => {
    const { authority, here, there } = apart('ada', 'bob');
    published(there, 'bob', 'api', 'theirs\n');
    published(here, 'ada', 'api', 'ours\n');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toMatchObject({ version: 2, agent: 'ada', text: 'ours\n' });
    expect(authority.unread('ada')).toMatchObject([
      {
        subject: 'Your version 1 of the spec api is version 2: bob published before you',
        about: { what: 'renumbered', spec: 'api', version: 2 },
        importance: 'high',
      },
    ]);
    expect(authority.unread('ada')[0]?.text).toContain('git intercom spec diff api 1 2');
  });

  test('is told to the author of the one that it follows, who would look for the own text there', () => {
    const { authority, here, there } = apart('ada', 'bob');
    published(there, 'bob', 'api', 'theirs\n');
    published(here, 'ada', 'api', 'ours\n');
    published(here, 'ada', 'api', 'ours, again\n');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.notices('bob')).toEqual(['ada published version 2 of the spec api without your version 1']);
    expect(authority.unread('bob')[0]?.text).toContain('git intercom spec diff api 1 2');
  });

  test('keeps its place among later ones of the same chain, and the author is told once', () => {
    const { authority, here, there } = apart('ada', 'bob');
    published(there, 'bob', 'api', 'theirs\n');
    published(here, 'ada', 'api', 'ours\n');
    published(here, 'ada', 'api', 'ours, again\n');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toMatchObject({ version: 3, text: 'ours, again\n' });
    expect(authority.notices('ada')).toHaveLength(1);
  });

  test('is nothing new where the same text has been published meanwhile', () => {
    const { authority, here, there } = apart('ada', 'bob');
    const theirs = published(there, 'bob', 'api', 'the same\n');
    published(here, 'ada', 'api', 'the same\n');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toEqual(theirs);
    expect(authority.notices('ada')).toEqual([]);
  });

  test('is told to subscribers under the number that it has now, once, and not again after they took note', () => {
    const { authority } = apart('ada', 'bob', 'cy');
    subscribe(authority, 'cy', 'spec:api');
    const [here, there] = [cloneOf(authority), cloneOf(authority)];
    published(there, 'bob', 'api', 'theirs\n');
    published(here, 'ada', 'api', 'ours\n');
    arrive(authority, there.commits);
    arrive(authority, here.commits);
    expect(authority.notices('cy').sort()).toEqual([
      'ada published version 2 of the spec api',
      'bob published version 1 of the spec api',
    ]);
    accepted(ack(here, 'cy', 'all'));
    arrive(authority, here.commits.slice(-1));
    expect(authority.notices('cy')).toEqual(['bob published version 1 of the spec api']);
  });

  test('is told to whoever subscribed on the authority meanwhile', () => {
    const { authority, here } = apart('ada', 'bob');
    published(here, 'ada', 'api', 'ours\n');
    subscribe(authority, 'bob', 'spec:api');
    arrive(authority, here.commits);
    expect(authority.notices('bob')).toEqual(['ada published version 1 of the spec api']);
  });

  test('is by the new name of an author who lost the old one', () => {
    const { authority } = apart('bob');
    const here = cloneOf(authority);
    here.actor('ada', { uid: 'uid-late' });
    published(here, 'ada', 'api', 'ours\n');
    authority.greet('ada');
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toMatchObject({ agent: 'ada-2', uid: 'uid-late' });
  });

  test('takes the place of a record that cannot be read, which stays in the history', () => {
    const { authority, here } = apart('ada');
    published(here, 'ada', 'api', 'ours\n');
    authority.putFile('specs/api', { v: 1, id: 'api', kind: 'spec' });
    arrive(authority, here.commits);
    expect(specIn(authority, 'api')).toMatchObject({ version: 1, text: 'ours\n' });
  });
});

test('whatever clones publish and in whatever order it arrives, no text is lost and versions count up by one', () => {
  const text = fc.constantFrom('one\n', 'two\n', 'three\n');
  const texts = fc.array(text, { maxLength: 6 });
  fc.assert(
    fc.property(texts, texts, texts, fc.infiniteStream(fc.boolean()), (before, some, others, turns) => {
      const { authority } = apart('ada', 'bob', 'cy');
      subscribe(authority, 'cy', 'spec:api');
      const all: string[] = [];
      const add = (each: string | undefined) => {
        if (each !== undefined && each !== all.at(-1)) all.push(each);
      };
      for (const each of before) {
        published(authority, 'ada', 'api', each);
        add(each);
      }
      const clones: readonly [Clone, Clone] = [cloneOf(authority), cloneOf(authority)];
      for (const each of some) published(clones[0], 'ada', 'api', each);
      for (const each of others) published(clones[1], 'bob', 'api', each);
      const left = clones.map(({ commits }) => [...commits]);
      while (left.some((commits) => commits.length > 0)) {
        const past = left[turns.next().value ? 1 : 0]?.shift();
        if (past === undefined) continue;
        const edit = past.edits.find(({ path }) => path === 'specs/api')?.after;
        arrive(authority, [past]);
        add(edit?.kind === 'spec' ? edit.text : undefined);
        expect(specIn(authority, 'api')).toMatchObject({ version: all.length, text: all.at(-1) });
        expect(arrive(authority, [past])).toMatchObject([{ edits: [] }]);
      }
      const told = authority.unread('cy').map(({ about }) => about?.version);
      expect(told.sort((a = 0, b = 0) => a - b)).toEqual(all.map((_text, n) => n + 1));
    }),
  );
});
