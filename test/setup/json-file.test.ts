import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { getNodeValue, parseTree } from 'jsonc-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonStep } from '../../src/setup/step.ts';
import { Place } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.remove());

const hook = { matcher: 'Edit', hooks: [{ type: 'command', command: '/x/git-intercom/launch hook' }] };

function step(): JsonStep {
  return {
    kind: 'json',
    file: place.path('settings.json'),
    marks: ['git-intercom'],
    edits: [
      { path: ['hooks', 'PreToolUse'], value: hook, how: 'element' },
      { path: ['mcpServers', 'intercom'], value: { command: '/x/git-intercom/launch' }, how: 'member' },
    ],
  };
}

const forms: Readonly<Record<string, string>> = {
  'an empty file': '',
  'blanks alone': ' \n\n',
  'an empty object': '{}',
  'an empty object over two lines': '{\n}\n',
  'one line': '{"a":1,"hooks":{"PreToolUse":[{"x":1}]}}',
  'one line with spaces': '{ "a": 1, "mcpServers": { "other": { "command": "x" } } }\n',
  'four spaces': '{\n    "a": [1,   2],\n    "b": {}\n}\n',
  tabs: '{\n\t"a": 1,\n\t"hooks": {\n\t\t"PreToolUse": []\n\t}\n}\n',
  CRLF: '{\r\n  "a": 1,\r\n  "hooks": {\r\n  }\r\n}\r\n',
  'no line feed at the end': '{\n  "a": 1\n}',
  'a byte order mark': '\ufeff{\n  "a": 1\n}\n',
  'comments everywhere':
    '// top\n{\n  // before\n  "a": 1, // one\n  /* two */ "hooks": {\n    "PreToolUse": [\n      { "x": 1 } // mine\n      // end\n    ] // list\n  } // last\n  // close\n}\n// bottom\n',
  'trailing commas': '{\n  "a": 1,\n  "hooks": { "PreToolUse": [ { "x": 1 }, ], },\n}\n',
  'a comma on the next line': '{\n  "a": 1\n  , "hooks": {"PreToolUse": [\n    1\n    , 2\n  ]}\n}\n',
  'a bracket in a text': '{\n  "a": "}]//,",\n  "hooks": {"x": "/* */"}\n}\n',
};

function parsed(text: string): Record<string, unknown> {
  return (getNodeValue(
    parseTree(text.replace(/^\ufeff/, ''), [], { allowTrailingComma: true }) ?? ({ type: 'object' } as never),
  ) ?? {}) as never;
}

describe.each(Object.entries(forms))('in %s', (_, form) => {
  test('what is ours goes in, nothing else changes, and a second run changes nothing', () => {
    place.put('settings.json', form, 0o640);
    expect(place.apply(step()).refused).toEqual([]);
    const text = place.text('settings.json') as string;
    const before = form.trim() === '' ? {} : (parsed(form) as Record<string, Record<string, unknown[]>>);
    expect(parsed(text)).toEqual({
      ...before,
      hooks: { ...before.hooks, PreToolUse: [...(before.hooks?.PreToolUse ?? []), hook] },
      mcpServers: { ...before.mcpServers, intercom: { command: '/x/git-intercom/launch' } },
    });
    for (const comment of form.match(/\/\/ \w+|\/\* \w+ \*\//g) ?? []) expect(text).toContain(comment);
    if (form.includes('\r\n')) expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text.startsWith('\ufeff')).toBe(form.startsWith('\ufeff'));
    expect(place.apply(step()).changed).toEqual([]);
    expect(place.text('settings.json')).toBe(text);
  });

  test('remove puts back every byte and the mode', () => {
    place.put('settings.json', form, 0o640);
    const before = place.shot();
    place.apply(step());
    place.undo();
    expect(place.shot()).toEqual(before);
    expect(place.text('journal/setup.json')).toBeUndefined();
  });

  test('remove takes out what is ours alone where somebody changed the file meanwhile', () => {
    place.put('settings.json', form);
    place.apply(step());
    const mine = (place.text('settings.json') as string).replace('{', '{ "mine": 7,');
    place.put('settings.json', mine);
    place.undo();
    const before = form.trim() === '' ? {} : parsed(form);
    expect(parsed(place.text('settings.json') as string)).toEqual({ mine: 7, ...before });
  });
});

test('a file that was not there is deleted again, with the folders that were made for it', () => {
  const before = place.shot();
  const deep = { ...step(), file: place.path('a/b/settings.json') };
  expect(place.apply(deep).changed).toHaveLength(1);
  expect(parsed(place.text('a/b/settings.json') as string)).toHaveProperty('mcpServers.intercom');
  place.undo();
  expect(place.shot()).toEqual(before);
});

test('a symlink stays, and what it points to is written', () => {
  place.put('dotfiles/settings.json', '{ "a": 1 }\n');
  symlinkSync('dotfiles/settings.json', place.path('settings.json'));
  place.apply(step());
  expect(lstatSync(place.path('settings.json')).isSymbolicLink()).toBe(true);
  expect(place.text('dotfiles/settings.json')).toContain('git-intercom');
  place.undo();
  expect(place.text('dotfiles/settings.json')).toBe('{ "a": 1 }\n');
});

test('a symlink to nothing is one again', () => {
  symlinkSync('dotfiles.json', place.path('settings.json'));
  const before = place.shot();
  place.apply(step());
  expect(place.text('dotfiles.json')).toContain('git-intercom');
  place.undo();
  expect(place.shot()).toEqual(before);
});

test.each([
  ['{ "a": ', 'not valid JSON'],
  ['[1]', 'no JSON object'],
  ['{"hooks": 1}', 'hooks is no object'],
  ['{"hooks": {}, "hooks": {}}', 'stands in it twice'],
  ['{"mcpServers": {"intercom": {"command": "other"}}}', 'not from git-intercom'],
])('%s is left alone, with a sentence, and the others go on', (form, why) => {
  place.put('settings.json', form);
  const other: JsonStep = { ...step(), file: place.path('other.json') };
  const report = place.apply(step(), other);
  expect(report.refused).toHaveLength(1);
  expect(report.refused[0]?.what).toContain(why);
  expect(place.text('settings.json')).toBe(form);
  expect(report.changed.map(({ file }) => file)).toEqual([other.file]);
});

test('bytes that are no UTF-8 are left alone', () => {
  place.put('settings.json', Buffer.from([0x7b, 0xff, 0x7d]));
  expect(place.apply(step()).refused[0]?.what).toContain('UTF-8');
});

test('a later version replaces what an earlier one wrote, and remove still puts back the first bytes', () => {
  place.put('settings.json', '{ "a": 1 }\n');
  place.apply(step());
  const { edits, ...rest } = step();
  const later: JsonStep = { ...rest, edits: [{ path: ['hooks', 'Stop'], value: hook, how: 'element' }] };
  place.apply(later);
  expect(parsed(place.text('settings.json') as string)).toEqual({
    a: 1,
    hooks: { PreToolUse: [], Stop: [hook] },
    mcpServers: {},
  });
  expect(edits).toHaveLength(2);
  place.undo();
  expect(place.text('settings.json')).toBe('{ "a": 1 }\n');
});

test('what somebody changed before a second set-up is what remove goes back to', () => {
  place.put('settings.json', '{\n  "a": 1\n}\n');
  place.apply(step());
  place.put('settings.json', (place.text('settings.json') as string).replace('"a": 1', '"a": 2'));
  place.apply({ ...step(), edits: [...step().edits, { path: ['x'], value: 'git-intercom', how: 'member' }] });
  place.undo();
  expect(place.text('settings.json')).toBe('{\n  "a": 2\n}\n');
});

test('the journal can be read by its owner alone', () => {
  place.put('settings.json', '{ "token": "secret" }\n');
  place.apply(step());
  expect(lstatSync(place.path('journal/setup.json')).mode & 0o777).toBe(0o600);
});

test('a damaged journal stops the set-up instead of losing how files were', () => {
  place.put('journal/setup.json', '{');
  expect(() => place.apply(step())).toThrow(/cannot be read/);
  expect(readFileSync(place.path('journal/setup.json'), 'utf8')).toBe('{');
  writeFileSync(place.path('journal/setup.json'), '{"version":2}');
  expect(() => place.apply(step())).toThrow(/version/);
});
