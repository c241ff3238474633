/** Which slot is taken for what is in a repository; the managers themselves are asked in beside-others.test.ts. */
import { expect, test } from 'vitest';
import { gitHookNames } from '../../src/hooks/command.ts';
import { gitHookSteps, renamedHooks } from '../../src/hooks/setup.ts';
import type { HookRepository } from '../../src/hooks/slots/repository.ts';
import type { Step } from '../../src/setup/step.ts';

function repository(files: Readonly<Record<string, string>>, changes: Partial<HookRepository> = {}): HookRepository {
  return {
    top: '/r',
    commonDir: '/r/.git',
    hooksFolder: '/r/.git/hooks',
    gitVersion: '2.39.5',
    launcher: '/home/ada/.local/share/git-intercom/launch',
    read: (file) => files[file],
    isExecutable: () => true,
    program: () => undefined,
    ...changes,
  };
}

function filesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => ('file' in step ? [step.file] : []));
}

function said(steps: readonly Step[]): string {
  return steps.flatMap((step) => (step.kind === 'say' ? [step.text] : [])).join('\n');
}

const inHooks = (names: readonly string[]) => names.map((name) => `/r/.git/hooks/${name}`);

test('plain hooks, where nobody else manages them', () => {
  const steps = gitHookSteps(repository({}));
  expect(filesOf(steps)).toEqual(inHooks(gitHookNames));
  expect(said(steps)).toBe('');
});

test.each([
  ['2.53.2', 'block'],
  ['2.54.0', 'command'],
  ['2.100', 'command'],
  ['3.0.1', 'command'],
])('git %s has each hook as a %s', (gitVersion, kind) => {
  const steps = gitHookSteps(repository({ '/r/lefthook.json': '{}', '/r/lefthook.yml': '' }, { gitVersion }));
  expect(steps.some((step) => step.kind === 'command')).toBe(kind === 'command');
});

test('core.hooksPath is never set', () => {
  for (const gitVersion of ['2.39.5', '2.55.0']) {
    expect(JSON.stringify(gitHookSteps(repository({}, { gitVersion })))).not.toMatch(/hookspath/i);
  }
});

test('a hook that is no shell script is spoken of, and not touched', () => {
  const files = { '/r/.git/hooks/pre-commit': '#!/usr/bin/env python3\n', '/r/.git/hooks/pre-push': '\u007fELF\0' };
  const steps = gitHookSteps(repository(files));
  expect(filesOf(steps)).toEqual(inHooks(gitHookNames.filter((name) => !['pre-commit', 'pre-push'].includes(name))));
  expect(said(steps)).toContain('/r/.git/hooks/pre-commit is no shell script.');
});

test('a hook that somebody has switched off is not switched on', () => {
  const steps = gitHookSteps(repository({ '/r/.git/hooks/pre-commit': '#!/bin/sh\n' }, { isExecutable: () => false }));
  expect(filesOf(steps)).not.toContain('/r/.git/hooks/pre-commit');
  expect(said(steps)).toContain('is not executable');
});

test('in files of the team the launcher is found by everybody, in others by its path', () => {
  const husky = repository({ '/r/.husky/_/h': '# husky' }, { hooksFolder: '/r/.husky/_' });
  const [first] = gitHookSteps(husky);
  expect(first).toMatchObject({ kind: 'block', file: '/r/.husky/pre-commit' });
  expect(JSON.stringify(first)).toContain('.local/share}/git-intercom/launch');
  expect(said(gitHookSteps(husky))).toContain('commit');
  expect(JSON.stringify(gitHookSteps(repository({}))[0])).toContain("'/home/ada/.local/share/git-intercom/launch'");
});

test('husky counts before its first install, too', () => {
  const files = { '/r/package.json': '{"devDependencies":{"husky":"9.1.7"}}' };
  expect(filesOf(gitHookSteps(repository(files)))).toEqual(gitHookNames.map((name) => `/r/.husky/${name}`));
});

test('lefthook: what the local file says already, and hooks that it does not know, stay as they are', () => {
  const files = {
    '/r/lefthook.yml': 'pre-push: {}\n',
    '/r/lefthook-local.yml': 'pre-commit:\n  jobs: []\n',
    '/r/.git/hooks/post-merge': '#!/bin/sh\necho mine\n',
  };
  const steps = gitHookSteps(repository(files));
  expect(filesOf(steps)).toEqual(['/r/.git/hooks/post-merge', '/r/lefthook-local.yml']);
  const local = steps.find((step) => 'file' in step && step.file === '/r/lefthook-local.yml');
  expect(local).toMatchObject({ kind: 'block', at: 'end', lines: expect.stringMatching(/^commit-msg:\n/) });
  expect(JSON.stringify(local)).not.toContain('post-merge:');
  expect(said(steps)).toContain('/r/lefthook-local.yml has pre-commit already.');
});

test('lefthook: the second time nothing is different', () => {
  const before = gitHookSteps(repository({ '/r/lefthook.yml': '' })).find((step) => step.kind === 'block');
  const text = `# >>> git-intercom >>> x\n${before?.lines}# <<< git-intercom <<<\n`;
  const again = gitHookSteps(repository({ '/r/lefthook.yml': '', '/r/lefthook-local.yml': text }));
  expect(again.filter((step) => step.kind !== 'say')).toContainEqual(before);
});

test.each([
  ['{"simple-git-hooks":{"pre-commit":"x"}}', [{ path: ['simple-git-hooks', 'preserveUnused'], how: 'default' }]],
  ['{"simple-git-hooks":{"pre-commit":"x","preserveUnused":true}}', undefined],
  [
    `{"simple-git-hooks":{"preserveUnused":${JSON.stringify(gitHookNames.slice(1))}}}`,
    [{ path: ['simple-git-hooks', 'preserveUnused'], value: 'pre-commit', how: 'element' }],
  ],
])('simple-git-hooks with %s', (text, edits) => {
  const steps = gitHookSteps(repository({ '/r/package.json': text }));
  const json = steps.find((step) => step.kind === 'json');
  if (edits === undefined) expect(json).toBeUndefined();
  else expect(json).toMatchObject({ file: '/r/package.json', edits });
});

test('simple-git-hooks: a configured pre-commit is asked for by commit-msg; other configured hooks are spoken of', () => {
  const text = '{"simple-git-hooks":{"pre-commit":"x","pre-push":"y"}}';
  const steps = gitHookSteps(repository({ '/r/package.json': text }));
  expect(filesOf(steps)).not.toContain('/r/.git/hooks/pre-commit');
  const message = steps.find((step) => 'file' in step && step.file.endsWith('commit-msg'));
  expect(JSON.stringify(message)).toMatch(/hook git pre-commit.*hook git commit-msg/);
  expect(said(steps)).toMatch(/writes pre-push anew.*package\.json/);
});

test('simple-git-hooks: a program that is its configuration gets a line at its end, and is not changed by a second run', () => {
  const files = { '/r/.simple-git-hooks.cjs': "module.exports = { 'pre-commit': 'x', 'pre-push': 'y' };" };
  const steps = gitHookSteps(repository(files));
  const [block] = steps;
  expect(block).toMatchObject({ kind: 'block', file: '/r/.simple-git-hooks.cjs', at: 'end', comment: '//' });
  expect(filesOf(steps)).not.toContain('/r/.git/hooks/pre-commit');
  expect(said(steps)).toMatch(/writes pre-push anew.*\.simple-git-hooks\.cjs/);
  const { lines } = block as { lines: string };
  const text = `${files['/r/.simple-git-hooks.cjs']}\n// >>> git-intercom >>>\n${lines}// <<< git-intercom <<<\n`;
  expect(gitHookSteps(repository({ '/r/.simple-git-hooks.cjs': text }))).toEqual(steps);
});

test('simple-git-hooks: a module is handed on by a file that is read before it, and is found behind that', () => {
  const files: Record<string, string> = { '/r/simple-git-hooks.mjs': "export default { 'pre-commit': 'x' };" };
  const steps = gitHookSteps(repository(files));
  expect(steps[0]).toMatchObject({ kind: 'file', file: '/r/.simple-git-hooks.cjs' });
  files['/r/.simple-git-hooks.cjs'] = (steps[0] as { text: string }).text;
  expect(gitHookSteps(repository(files))).toEqual(steps);
});

test('simple-git-hooks: package.json may name a folder; where nothing is in it, what is to be done is said', () => {
  const files: Record<string, string> = { '/r/package.json': '{"simple-git-hooks":"tools"}' };
  expect(said(gitHookSteps(repository(files)))).toContain('Set preserveUnused in /r/package.json');
  files['/r/tools/.simple-git-hooks.js'] = 'module.exports = {};';
  expect(gitHookSteps(repository(files))[0]).toMatchObject({ kind: 'block', file: '/r/tools/.simple-git-hooks.js' });
});

test('hooks that a manager has renamed are found again', () => {
  const ours = '#!/bin/sh\n# >>> git-intercom >>>\n# <<< git-intercom <<<\n';
  const files: Record<string, string> = { '/r/.git/hooks/pre-commit': ours, '/r/.git/hooks/pre-push.old': ours };
  const found = renamedHooks('/r/.git', (file) => files[file], [{ file: '/r/.git/hooks/pre-commit' }]);
  expect(found.map(({ file }) => file)).toEqual(['/r/.git/hooks/pre-push.old']);
});
