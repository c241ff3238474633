import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BlockStep, CommandStep, OwnFileStep } from '../../src/setup/step.ts';
import { Place } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.remove());

describe('lines in a text of somebody else', () => {
  const block = (): BlockStep => ({
    kind: 'block',
    file: place.path('hooks/pre-commit'),
    lines: 'git-intercom hook git pre-commit "$@" || exit $?\n',
    at: 'after-shebang',
    head: '#!/bin/sh\n',
    isExecutable: true,
  });

  test.each(['#!/bin/sh\necho mine\n', 'echo mine', '#!/usr/bin/env bash', ''])(
    'stand behind the first line of %j, once, and go without a trace',
    (text) => {
      place.put('hooks/pre-commit', text, 0o644);
      const before = place.shot();
      place.apply(block());
      const lines = (place.text('hooks/pre-commit') as string).split('\n');
      expect(lines[text.startsWith('#!') ? 1 : 0]).toMatch(/^# >>> git-intercom/);
      expect(lines.filter((line) => line.includes('hook git'))).toHaveLength(1);
      expect(place.shot()['hooks/pre-commit']).toMatch(/^100755/);
      expect(place.apply(block()).changed).toEqual([]);
      place.undo();
      expect(place.shot()).toEqual(before);
    },
  );

  test('make a new file that can be run, and remove deletes it with its folder', () => {
    const before = place.shot();
    place.apply(block());
    expect(place.shot()['hooks/pre-commit']).toMatch(/^100755 #!\/bin\/sh\n# >>> /);
    place.undo();
    expect(place.shot()).toEqual(before);
  });

  test('go alone where somebody wrote below them', () => {
    place.apply(block());
    writeFileSync(place.path('hooks/pre-commit'), `${place.text('hooks/pre-commit')}echo mine\n`);
    place.undo();
    expect(place.text('hooks/pre-commit')).toBe('#!/bin/sh\necho mine\n');
  });
});

describe('a file of our own', () => {
  const own = (text: string): OwnFileStep => ({ kind: 'file', file: place.path('plugins/intercom.js'), text });

  test('is written, replaced by a later version and deleted with its folder', () => {
    const before = place.shot();
    place.apply(own('one'));
    place.apply(own('two'));
    expect(place.text('plugins/intercom.js')).toBe('two');
    place.undo();
    expect(place.shot()).toEqual(before);
  });

  test('is not written over the file of somebody else', () => {
    place.put('plugins/intercom.js', 'theirs');
    expect(place.apply(own('one')).refused[0]?.what).toContain('somebody else');
    expect(place.undo().changed).toEqual([]);
    expect(place.text('plugins/intercom.js')).toBe('theirs');
  });

  test('that somebody changed stays, and that is said', () => {
    place.apply(own('one'));
    place.put('plugins/intercom.js', 'mine now');
    expect(place.apply(own('two')).refused[0]?.what).toContain('has changed it');
    expect(place.undo().refused[0]?.what).toContain('stays');
    expect(place.text('plugins/intercom.js')).toBe('mine now');
  });

  test('in a folder of ours is replaced and deleted whatever became of it', () => {
    place.apply({ ...own('one'), isPrivate: true });
    place.put('plugins/intercom.js', 'changed');
    place.apply({ ...own('two'), isPrivate: true });
    expect(place.text('plugins/intercom.js')).toBe('two');
    place.put('plugins/intercom.js', 'changed');
    place.undo();
    expect(place.text('plugins/intercom.js')).toBeUndefined();
  });
});

describe("a vendor's command", () => {
  const step = (): CommandStep => ({
    kind: 'command',
    command: ['vendor', 'add', 'intercom'],
    undo: ['vendor', 'remove', 'intercom'],
    touches: [place.path('config.toml'), place.path('other.toml')],
    doneWhen: [{ file: place.path('config.toml'), includes: '[intercom]' }],
  });
  beforeEach(() => {
    place.programs.vendor = ([, verb]) => {
      const text = place.text('config.toml') ?? '';
      // As vendors do: what is left is written anew, in a form of their own.
      place.put('config.toml', verb === 'add' ? `${text}\n[intercom]\n` : text.replace('[intercom]\n', '').trimEnd());
    };
  });

  test('runs once, and its undo leaves every byte as it was', () => {
    place.put('config.toml', 'model = "x"   # mine\n\n\n');
    const before = place.shot();
    expect(place.apply(step()).changed.map(({ file }) => file)).toEqual([place.path('config.toml')]);
    place.apply(step());
    expect(place.ran).toEqual(['vendor add intercom']);
    place.undo();
    expect(place.ran).toEqual(['vendor add intercom', 'vendor remove intercom']);
    expect(place.shot()).toEqual(before);
  });

  test('leaves no file behind that it made', () => {
    const before = place.shot();
    place.apply(step());
    place.undo();
    expect(place.shot()).toEqual(before);
  });

  test('is undone by the vendor alone where somebody changed the file meanwhile', () => {
    place.put('config.toml', 'a');
    place.apply(step());
    place.put('config.toml', `${place.text('config.toml')}mine`);
    place.undo();
    expect(place.text('config.toml')).toBe('a\nmine');
  });

  test('that fails is told with its last line', () => {
    const report = place.apply({ ...step(), command: ['missing'] });
    expect(report.refused[0]?.what).toBe('missing failed: no such program.');
  });

  test('and an edit of the same file are taken back together', () => {
    place.put('config.toml', '{ }\n');
    place.programs.vendor = ([, verb]) => {
      place.put('config.toml', verb === 'add' ? '{\n  "intercom": 1\n}\n' : '{\n}\n');
    };
    const before = place.shot();
    const file = place.path('config.toml');
    place.apply(
      { ...step(), doneWhen: [{ file, path: ['intercom'] }] },
      { kind: 'json', file, marks: ['ours'], edits: [{ path: ['allow'], value: 'ours', how: 'element' }] },
    );
    expect(JSON.parse(place.text('config.toml') as string)).toEqual({ intercom: 1, allow: ['ours'] });
    place.undo();
    expect(place.shot()).toEqual(before);
  });
});

test('a file that cannot be written is told, and the others go on', () => {
  place.put('no-folder', '');
  const file = (name: string): OwnFileStep => ({ kind: 'file', file: place.path(name), text: 'x' });
  const report = place.apply(file('no-folder/b'), file('open'));
  expect(report.refused[0]?.what).toContain('could not be set up');
  expect(readFileSync(place.path('open'), 'utf8')).toBe('x');
});

test('a set-up that was killed before its file was written leaves nothing to take back', () => {
  const own: OwnFileStep = { kind: 'file', file: place.path('x'), text: 'x' };
  place.apply(own);
  rmSync(place.path('x'));
  expect(place.undo()).toMatchObject({ changed: [], refused: [] });
  expect(place.text('journal/setup.json')).toBeUndefined();
});
