/** Each manager of hooks, as a project has it. */
import { whyNoConfigHooks, whyNoPreCommit } from './hook-packages.ts';

/** A project whose own pre-commit and pre-push say in files that they ran, and what they were told. */
export interface Other {
  readonly name: string;
  readonly why: () => string | undefined;
  readonly hasOwnPush: boolean;
  readonly files: Readonly<Record<string, string>>;
  /** Also run again, as by the next `npm install`. */
  readonly install: readonly (readonly string[])[];
}

export const preCommit = 'echo committed >> .git/theirs';
export const prePush = 'cat >> .git/theirs';
let noPackages: string | undefined;
const whyNoneOfNpm = () => noPackages;

/** Why those of npm are not there, before any is asked for. */
export function noteMissing(why: string | undefined): void {
  noPackages = why;
}

export const others: readonly Other[] = [
  { name: 'plain hooks', why: () => whyOld(), hasOwnPush: true, files: {}, install: [] },
  {
    name: 'husky',
    why: () => whyOld() ?? whyNoneOfNpm(),
    hasOwnPush: true,
    files: {
      'package.json': '{"devDependencies": {"husky": "9.1.7"}}\n',
      '.husky/pre-commit': `${preCommit}\n`,
      '.husky/pre-push': `${prePush}\n`,
    },
    install: [['node_modules/.bin/husky']],
  },
  {
    name: 'lefthook',
    why: () => whyOld() ?? whyNoneOfNpm(),
    hasOwnPush: true,
    files: {
      'lefthook.yml': `pre-commit:\n  jobs:\n    - run: ${preCommit}\npre-push:\n  commands:\n    theirs:\n      use_stdin: true\n      run: ${prePush}\n`,
    },
    install: [['node_modules/.bin/lefthook', 'install']],
  },
  {
    name: 'simple-git-hooks',
    why: () => whyOld() ?? whyNoneOfNpm(),
    hasOwnPush: false,
    files: { 'package.json': `{\n  "simple-git-hooks": { "pre-commit": "${preCommit}" }\n}\n` },
    install: [['node_modules/.bin/simple-git-hooks']],
  },
  ...[
    ['.simple-git-hooks.cjs', `module.exports = { 'pre-commit': '${preCommit}' };\n`],
    [
      'tools/simple-git-hooks.mjs',
      `export default { 'pre-commit': '${preCommit}', preserveUnused: ['post-rewrite'] };\n`,
    ],
  ].map(
    ([file = '', text = '']): Other => ({
      name: `simple-git-hooks with ${file}`,
      why: () => whyOld() ?? whyNoneOfNpm(),
      hasOwnPush: false,
      files: {
        'package.json': file.startsWith('tools/') ? '{ "simple-git-hooks": "tools" }\n' : '{}\n',
        [file]: text,
      },
      install: [['node_modules/.bin/simple-git-hooks']],
    }),
  ),
  {
    name: 'pre-commit',
    why: () => whyOld() ?? whyNoPreCommit(),
    hasOwnPush: true,
    files: { '.pre-commit-config.yaml': preCommitConfig() },
    install: [
      ['pre-commit', 'install'],
      ['pre-commit', 'install', '-t', 'pre-push'],
    ],
  },
  {
    name: 'config hooks beside husky',
    why: () => whyNoConfigHooks() ?? whyNoneOfNpm(),
    hasOwnPush: false,
    files: { 'package.json': '{"devDependencies": {"husky": "9.1.7"}}\n', '.husky/pre-commit': `${preCommit}\n` },
    install: [['node_modules/.bin/husky']],
  },
  {
    name: 'config hooks beside simple-git-hooks',
    why: () => whyNoConfigHooks() ?? whyNoneOfNpm(),
    hasOwnPush: false,
    files: { 'package.json': `{"simple-git-hooks": {"pre-commit": "${preCommit}"}}\n` },
    install: [['node_modules/.bin/simple-git-hooks']],
  },
];

/** With a newer git, hooks stand in its configuration, and no manager's slot is taken. */
function whyOld(): string | undefined {
  return whyNoConfigHooks() === undefined ? 'this git has hooks in its configuration' : undefined;
}

function preCommitConfig(): string {
  const hook = (id: string, entry: string, stage: string) =>
    `      - {id: ${id}, name: ${id}, language: system, entry: ${entry}, stages: [${stage}], always_run: true, pass_filenames: false}\n`;
  return `repos:\n  - repo: local\n    hooks:\n${hook('one', `sh -c '${preCommit}'`, 'commit')}${hook('two', `sh -c 'echo pushed >> .git/theirs'`, 'push')}`;
}
