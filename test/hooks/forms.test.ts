/** Files of hooks and of their managers as people write them: ours goes in, and exactly that goes out again. */
import { chmodSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNoConfigHooks } from './hook-packages.ts';
import { HookPlace } from './place.ts';

const script = '#!/bin/sh\n# mine\nif true; then\n\techo mine\nfi\n';
const config = { name: 'shop', 'simple-git-hooks': { 'pre-commit': 'true', 'post-merge': 'true' } };

/** By what they are of; the first file is the one that a person edits. */
const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'plain hooks': { '.git/hooks/pre-commit': script, '.git/hooks/pre-push': 'cat > /dev/null\n' },
  husky: {
    '.husky/pre-commit': 'echo mine\n\n# the end\n',
    'package.json': '{ "devDependencies": { "husky": "9.1.7" } }\n',
  },
  lefthook: {
    'lefthook-local.yml': '# mine\npre-push:\n  jobs:\n    - run: "true" # so\n',
    'lefthook.yml': 'pre-commit:\n  jobs:\n    - run: "true"\n',
  },
  'simple-git-hooks': { 'package.json': `${JSON.stringify(config, null, 2)}\n` },
  'simple-git-hooks with a program': {
    '.simple-git-hooks.cjs': "// mine\nmodule.exports = {\n  'pre-commit': 'true', // so\n};\n",
    'package.json': '{}\n',
  },
};

const forms: Readonly<Record<string, (text: string) => string>> = {
  'as they are': (text) => text,
  'without a line feed at the end': (text) => text.trimEnd(),
  'with tabs': (text) => (/^[\w#]/.test(text) && text.includes('jobs:') ? text : text.replaceAll('  ', '\t')),
  'with carriage returns': (text) => text.replaceAll('\n', '\r\n'),
};

class Project extends HookPlace {
  constructor(files: Readonly<Record<string, string>>, form: (text: string) => string) {
    super({ hasHooks: false });
    for (const [path, text] of Object.entries(files)) {
      this.put(path, form(text));
      if (/hooks\/|\.husky\//.test(path)) chmodSync(join(this.repo, path), 0o755);
    }
  }

  /** Everything but what git and the branch have of their own. */
  all(): Record<string, string> {
    const isOurs = (path: string) => /^\.git\/(?:intercom|objects|logs|refs)|^\.git$/.test(path);
    const paths = (readdirSync(this.repo, { recursive: true }) as string[]).filter((path) => !isOurs(path)).sort();
    const told = paths.map((path) => {
      const stat = lstatSync(join(this.repo, path));
      return [path, `${stat.mode.toString(8)} ${stat.isFile() ? readFileSync(join(this.repo, path), 'latin1') : ''}`];
    });
    return Object.fromEntries(told);
  }

  async setUp(): Promise<void> {
    expect(await this.as(undefined, ['intercom', 'init', '--harness', 'none', '--git-hooks'])).toMatchObject({
      code: 0,
    });
  }

  async takeBack(): Promise<void> {
    expect(await this.as(undefined, ['intercom', 'remove', '--yes'])).toMatchObject({ code: 0 });
  }
}

const cases = Object.keys(projects).flatMap((name) => Object.keys(forms).map((form) => [name, form] as const));

test.for(cases)(
  'files of %s, %s, come back byte for byte, and lose what is ours alone where they were edited since',
  async ([name, form], { skip }) => {
    // With a newer git they stand in its configuration.
    if (whyNoConfigHooks() === undefined) return skip('this git has hooks in its configuration');
    const project = new Project(projects[name] ?? {}, forms[form] ?? String);
    const before = project.all();
    await project.setUp();
    const [path = ''] = Object.keys(projects[name] ?? {});
    expect(project.all()[path]).not.toBe(before[path]);
    await project.takeBack();
    expect(project.all()).toEqual(before);

    // What has no mark of ours and may be the person's by now stays in a file that was edited.
    if (name === 'simple-git-hooks') return;

    await project.setUp();
    const text = project.read(path);
    const head = /^#!.*\n/.exec(text)?.[0] ?? '';
    const line = path.endsWith('.cjs') ? '// new\n' : '# new\n';
    project.put(path, `${head}${line}${text.slice(head.length)}`);
    await project.takeBack();
    const original = (before[path] ?? '').replace(/^\d+ /, '');
    expect(project.read(path)).toBe(`${head}${line}${original.slice(head.length)}`);
  },
);
