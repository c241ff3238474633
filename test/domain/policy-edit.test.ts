/** One line of the policy file is set as a person would set it. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withKey } from '../../src/domain/policy-file/edit.ts';
import { defaultPolicyFile } from '../../src/domain/policy-file/text.ts';

test.each(['remote', 'hub', 'repository'] as const)('%s takes the place of its offer, and gives it back', (key) => {
  const set = withKey(defaultPolicyFile, key, 'origin');
  expect(parse(set)).toEqual({ [key]: 'origin' });
  expect(set.split('\n')).toHaveLength(defaultPolicyFile.split('\n').length);
  expect(set).toMatch(new RegExp(`^${key}: origin +# \\w`, 'm'));
  expect(withKey(set, key, null)).toBe(defaultPolicyFile);
});

test('comments, order, line ends and everything else stay', () => {
  const before = '# ours\r\nbranch: team # talk\r\nremote: "a # b"   # the old one\r\nlease:\r\n  max: 2h\r\n';
  const after = withKey(before, 'remote', 'upstream');
  expect(after).toBe('# ours\r\nbranch: team # talk\r\nremote: upstream    # the old one\r\nlease:\r\n  max: 2h\r\n');
  expect(withKey(after, 'remote', 'upstream')).toBe(after);
});

test.each(['branch: team\n', '', '# nothing\n'])('%j gets a line at its end, and loses it again', (before) => {
  const after = withKey(before, 'remote', 'origin');
  expect(after).toBe(`${before}remote: origin\n`);
  expect(withKey(after, 'remote', null)).toBe(before);
});

test.each([
  'git@example.org:team/app.git',
  'https://example.org/app.git',
  '../hub.git',
  '../our # hub.git',
  "it's",
  'null',
  'No',
  '12',
  'C:\\hubs\\one.git',
  'a: b',
])('%j is read back as it was given', (value) => {
  expect(parse(withKey('branch: team\n', 'remote', value))).toEqual({ branch: 'team', remote: value });
  expect(parse(withKey(withKey(defaultPolicyFile, 'remote', value), 'remote', 'x'))).toEqual({ remote: 'x' });
});

test('a line within another key is not taken for it', () => {
  const before = 'sync:\n  remote: x\n';
  expect(withKey(before, 'remote', null)).toBe(before);
});
