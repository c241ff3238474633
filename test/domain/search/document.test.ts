import { expect, test } from 'vitest';
import type { MessageRecord } from '../../../src/domain/record/record.ts';
import { documentOf, isSearched } from '../../../src/domain/search/document.ts';
import { grant } from '../claim/acts.ts';
import { sent } from '../message/acts.ts';
import { World } from '../world.ts';

test('of what is sealed no word is kept, though one can find who sent it and when', () => {
  const world = new World();
  world.greet('ada', 'bob');
  const message = { ...sent(world, 'ada', 'bob', 'the password'), subject: 'secret' };
  expect(documentOf(message).texts).toContain('the password');
  const sealed = { ...message, sealed: { text: 'an age file' } } as MessageRecord;
  expect(documentOf(sealed)).toEqual({
    ...documentOf(message),
    texts: [],
    marks: [...documentOf(message).marks, 'sealed:yes'],
  });
});

test('a claim is found by its paths as what they are, files or more', () => {
  const world = new World();
  world.greet('ada');
  const { id } = grant(world, 'ada', 'src', { why: 'split login' });
  const claim = world.claim(id);
  expect(claim && documentOf({ ...claim, paths: ['src', 'a.ts'], files: ['a.ts'] }).marks).toEqual([
    'kind:claim',
    'from:ada',
    'uid:uid-ada',
    'path:src',
    'file:a.ts',
  ]);
});

test('what cannot be read has no words', () => {
  expect(documentOf({ kind: 'unreadable', id: 'x', reason: 'no yaml', paths: [] }).texts).toEqual([]);
});

test.each([
  ['messages/a', true],
  ['specs/api', true],
  ['receipts/a', true],
  ['claims/a', true],
  ['threads/a/b', false],
  ['inbox/ada/a', false],
  ['messages/a/b', false],
])('%s is kept track of: %s', (path, expected) => {
  expect(isSearched(path)).toBe(expected);
});
