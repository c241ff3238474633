/** The files that CI hosts read, run as the hosts would run them, on checkouts as the hosts make them. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../tooling/sources.ts';
import { parseActionFile, runAction, scriptSteps, unpackedAction } from './action-host.ts';
import { readCommands } from './formats/runner.ts';
import { Scratch, write } from './scratch.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));
const actionText = read('action.yml');
const { action, errors } = parseActionFile(actionText);

const scratch = new Scratch();
let base = '';
let head = '';

/** bold-fox holds src/auth.ts for its branch; Ada's branch changes it, and a file that nobody claims. */
beforeAll(async () => {
  await scratch.begin();
  base = await scratch.commit({ 'src/auth.ts': '1\n', 'src/ui.ts': '1\n' }, 'Begin');
  await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'main');
  await scratch.git(scratch.work, 'checkout', '--quiet', '-b', 'login');
  await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'login');
  await scratch.intercom('bold-fox', 'claim', 'src/auth.ts', '--why', 'split login');
  await scratch.git(scratch.work, 'checkout', '--quiet', '-b', 'wide', 'main');
  head = await scratch.commit({ 'src/auth.ts': '2\n', 'src/ui.ts': '2\n' }, 'Widen');
  await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'wide');
  scratch.npxRunsTheBuild();
}, 120_000);
afterAll(() => scratch.end());

const event = () => ({ pull_request: { base: { sha: base }, head: { sha: head } } });
const onGithub = (checkout: string, inputs: Readonly<Record<string, string>> = {}, actionPath = root) =>
  runAction(action, { checkout, actionPath, event: event(), inputs }, scratch);
const fullCheckout = () => scratch.checkout('wide', '--no-single-branch');

/** Each host fetches the branch by the same lines; where one is changed the other must be. */
const fetchScripts: Readonly<Record<string, string>> = {
  'action.yml': scriptSteps(action)[0]?.script ?? '',
  'hooks/gitlab-ci.yml': parse(read('hooks/gitlab-ci.yml'))['git-intercom'].script[0],
};

describe('the action of GitHub', () => {
  test('GitHub reads it without an error', () => {
    expect(errors).toEqual([]);
    expect(parseActionFile(actionText.replace('shell: bash', 'shel: bash')).errors).not.toEqual([]);
    expect(action.inputs?.map(({ id }) => id)).toEqual(['base', 'head', 'max-age', 'fail-on', 'format', 'version']);
  });

  test('no script has an expression in it, and every input is handed over as a variable', () => {
    const steps = scriptSteps(action);
    for (const { script } of steps) expect(script).not.toContain('${{');
    const handedOver = steps.flatMap(({ env }) => Object.values(env).map((token) => token.toString()));
    expect(handedOver).toEqual(action.inputs?.map(({ id }) => `\${{ inputs.${id} }}`));
  });

  test('the workflow of this repository uses it on pull requests with inputs that it has', () => {
    const content = read('.github/workflows/ci.yml');
    const { context } = parseWorkflow({ name: 'ci.yml', content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const { on, jobs } = parse(content);
    expect(Object.keys(on)).toContain('pull_request');
    const own = jobs.test.steps.filter(({ uses }: { uses?: string }) => uses === './');
    expect(own).toHaveLength(1);
    expect(own[0].if).toContain("github.event_name == 'pull_request'");
    const ids = action.inputs?.map(({ id }) => id);
    for (const name of Object.keys(own[0].with)) expect(ids).toContain(name);
  });

  test('a change of what another agent claims is annotated and fails the step', async () => {
    const { exitCode, output, outputs } = await onGithub(await fullCheckout());
    const { commands } = readCommands(output);
    expect(exitCode, output).toBe(1);
    expect(commands.map(({ name, properties }) => [name, properties])).toContainEqual([
      'error',
      { file: 'src/auth.ts', title: 'A change touches what another agent claims' },
    ]);
    expect(commands.map(({ data }) => data).join('\n')).toContain('bold-fox');
    expect(readFileSync(outputs.report as string, 'utf8')).toContain('::error ');
  });

  test('a change of what nobody claims passes', async () => {
    const { exitCode, output } = await onGithub(await fullCheckout(), { base: head, head });
    expect(exitCode, output).toBe(0);
    expect(readCommands(output).commands.filter(({ name }) => name !== 'notice')).toEqual([]);
  });

  test('a shallow checkout gets the branch too, and says what it cannot see', async () => {
    const checkout = await scratch.checkout('wide', '--depth=1');
    const { exitCode, output } = await onGithub(checkout);
    expect(exitCode, output).toBe(0);
    expect(readCommands(output).commands.map(({ name }) => name)).toContain('notice');
    expect(await scratch.git(checkout, 'rev-list', '--count', 'refs/remotes/origin/intercom')).toBe('1');
  });

  test('an event without a change checks the claims alone', async () => {
    const checkout = await fullCheckout();
    const ended = await runAction(action, { checkout, actionPath: root, event: { ref: 'x' }, inputs: {} }, scratch);
    expect(ended.exitCode, ended.output).toBe(0);
  });

  test('max-age and fail-on reach the command', async () => {
    const checkout = await fullCheckout();
    const inputs = { base: head, head, 'max-age': '1s' };
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const failed = await onGithub(checkout, inputs);
    expect(failed.exitCode, failed.output).toBe(1);
    expect(readCommands(failed.output).commands.map(({ name }) => name)).toContain('warning');
    const passed = await onGithub(checkout, { ...inputs, 'fail-on': 'conflict' });
    expect(passed.exitCode, passed.output).toBe(0);
  });

  test('sarif and junit are left in a file, json and text are printed as no commands', async () => {
    const checkout = await fullCheckout();
    for (const format of ['sarif', 'junit', 'json', 'text']) {
      const { exitCode, output, outputs } = await onGithub(checkout, { format });
      expect(exitCode, output).toBe(1);
      expect(readCommands(output).commands).toEqual([]);
      const report = readFileSync(outputs.report as string, 'utf8');
      if (format === 'sarif') expect(JSON.parse(report).runs[0].results).not.toEqual([]);
      if (format === 'junit') expect(report).toContain('<failure ');
      if (format === 'json') expect(output).toContain(report);
      if (format === 'text') expect(output).toContain('bold-fox');
    }
  });

  test('an unpacked release runs its own version from npm, outside of the checkout', async () => {
    const checkout = await fullCheckout();
    const actionPath = unpackedAction(scratch, '1.2.3');
    expect((await onGithub(checkout, {}, actionPath)).exitCode).toBe(1);
    expect(scratch.wordsOfNpx().slice(0, 5)).toEqual(['--yes', 'git-intercom@1.2.3', '-C', checkout, 'check']);
    expect((await onGithub(checkout, { version: '0.9.0-rc.1' })).exitCode).toBe(1);
    expect(scratch.wordsOfNpx()[1]).toBe('git-intercom@0.9.0-rc.1');
  });

  test('what the command prints is no command of the workflow', async () => {
    const hostile = new Scratch();
    try {
      await hostile.begin();
      await hostile.commit({ 'a.ts': '1\n' }, 'Begin');
      await hostile.git(hostile.work, 'push', '--quiet', 'origin', 'main');
      const words = '::add-mask::a\\n##[add-mask]b\\n::stop-commands::c\\n::c::\\n::error::d';
      hostile.program('npx', `#!/bin/sh\nprintf '${words}'\nprintf '${words}' >&2\nexit 3\n`);
      const checkout = await hostile.checkout('main');
      const inputs = { format: 'text', version: '1.0.0' };
      const ended = await runAction(action, { checkout, actionPath: root, event: {}, inputs }, hostile);
      expect(ended.exitCode).toBe(3);
      expect(readCommands(ended.output).commands).toEqual([
        {
          name: 'error',
          properties: { title: 'git-intercom' },
          data: 'The check did not run to its end: exit code 3.',
        },
      ]);
    } finally {
      hostile.end();
    }
  });

  test('an input is data, whatever is written in it', async () => {
    const checkout = await fullCheckout();
    const mark = join(scratch.folder, 'pwned');
    const texts = [
      `$(touch ${mark})`,
      `\`touch ${mark}\``,
      `"; touch ${mark}; "`,
      `'; touch ${mark}; '`,
      `x\ntouch ${mark}\n`,
      `x && touch ${mark}`,
      `--output=${mark}`,
      '../../x',
      '*',
      '',
    ];
    const together = [['base', 'head', 'max-age', 'fail-on'], ['format'], ['version']];
    for (const [text, ids] of texts.flatMap((each) => together.map((names) => [each, names] as const))) {
      rmSync(scratch.npxWords, { force: true });
      const { exitCode, output } = await onGithub(checkout, Object.fromEntries(ids.map((id) => [id, text])));
      expect(existsSync(mark), `${ids}: ${text}`).toBe(false);
      expect([0, 1, 2, 3], output).toContain(exitCode);
      if (ids.includes('version') && text !== '') expect([exitCode, existsSync(scratch.npxWords)]).toEqual([2, false]);
    }
  }, 120_000);
});

describe.each(Object.entries(fetchScripts))('the fetch of %s', (_, script) => {
  const fetch = (checkout: string) => scratch.start('bash', ['-eo', 'pipefail', '-c', script], checkout);

  test('leaves a full clone full, and brings all of the branch', async () => {
    const checkout = await scratch.checkout('wide');
    expect(await fetch(checkout)).toEqual({ exitCode: 0, output: '' });
    expect(await scratch.git(checkout, 'rev-parse', '--is-shallow-repository')).toBe('false');
    const tip = await scratch.git(scratch.origin, 'rev-parse', 'refs/heads/intercom');
    expect(await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/intercom')).toBe(tip);
  });

  test('brings the newest tip to a checkout that is used again', async () => {
    const checkout = await scratch.checkout('wide', '--depth=1');
    expect(await fetch(checkout)).toEqual({ exitCode: 0, output: '' });
    const before = await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/intercom');
    await scratch.intercom('bold-fox', 'claim', `again/${checkout.slice(-1)}`);
    expect(await fetch(checkout)).toEqual({ exitCode: 0, output: '' });
    const after = await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/intercom');
    expect(after).not.toBe(before);
    expect(after).toBe(await scratch.git(scratch.origin, 'rev-parse', 'refs/heads/intercom'));
  });

  test('takes the branch that the policy names', async () => {
    const checkout = await scratch.checkout('wide', '--depth=1');
    write(join(checkout, '.intercom/config.yaml'), 'lease:\n  default: 1h\nbranch: "login" # ours\n');
    expect(await fetch(checkout)).toEqual({ exitCode: 0, output: '' });
    expect(await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/login')).toBe(base);
    write(join(checkout, '.intercom/config.yaml'), 'branch: --upload-pack=touch\n');
    expect(await fetch(checkout)).toEqual({ exitCode: 0, output: '' });
    expect(readdirSync(join(checkout, '.git/refs/remotes/origin'))).toContain('intercom');
  });

  test('is content without the branch, and forgets one that was there', async () => {
    const checkout = await scratch.checkout('wide');
    write(join(checkout, '.intercom/config.yaml'), 'branch: nowhere\n');
    await scratch.git(checkout, 'update-ref', 'refs/remotes/origin/nowhere', 'HEAD');
    const { exitCode, output } = await fetch(checkout);
    expect(exitCode).toBe(0);
    expect(output).toBe('origin has no branch nowhere, so nothing is claimed.\n');
    expect(await scratch.git(checkout, 'for-each-ref', 'refs/remotes/origin/nowhere')).toBe('');
  });

  test('fails when the origin cannot be reached', async () => {
    const checkout = await scratch.checkout('wide');
    await scratch.git(checkout, 'remote', 'set-url', 'origin', join(scratch.folder, 'gone.git'));
    const { exitCode, output } = await fetch(checkout);
    expect(exitCode).not.toBe(0);
    expect(output).toContain('could not be looked for');
  });
});

describe('the job of GitLab', () => {
  const file = parse(read('hooks/gitlab-ci.yml'));
  const job = file['git-intercom'];
  const schema = XmlDocument.fromString(read('test/ci/formats/fixtures/jenkins-junit.xsd'));
  const validator = XsdValidator.fromDoc(schema);
  afterAll(() => {
    validator.dispose();
    schema.dispose();
  });

  const onGitlab = (checkout: string, shell: string, env: NodeJS.ProcessEnv = {}) => {
    const options = shell === 'bash' ? ['-eo', 'pipefail'] : ['-e'];
    return scratch.start(shell, [...options, '-c', job.script.join('\n')], checkout, {
      GITLAB_CI: 'true',
      CI_PROJECT_DIR: checkout,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_COMMIT_SHA: head,
      ...job.variables,
      ...env,
    });
  };

  test("GitLab's schema accepts it", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(JSON.parse(read('test/ci/formats/fixtures/gitlab-ci.json')));
    expect(isValid(file) ? [] : isValid.errors).toEqual([]);
    expect(isValid({ job: { ...job, artifacts: { reports: { junit: 3 } } } })).toBe(false);
  });

  test('it runs this version', () => {
    expect(job.variables.INTERCOM_VERSION).toBe(version);
  });

  test.each(['bash', 'sh'])('a change of what another agent claims is a test that failed (%s)', async (shell) => {
    const checkout = await fullCheckout();
    const { exitCode, output } = await onGitlab(checkout, shell);
    expect(exitCode, output).toBe(1);
    expect(output).toContain('bold-fox');
    const report = readFileSync(join(checkout, job.artifacts.reports.junit), 'utf8');
    expect(report).toContain('classname="git-intercom.claimed-by-other"');
    const document = XmlDocument.fromString(report);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
    expect(scratch.wordsOfNpx().slice(0, 2)).toEqual(['--yes', `git-intercom@${version}`]);
  });

  test.each(['bash', 'sh'])('a change of what nobody claims passes, with a report (%s)', async (shell) => {
    const checkout = await fullCheckout();
    const { exitCode, output } = await onGitlab(checkout, shell, { CI_MERGE_REQUEST_DIFF_BASE_SHA: head });
    expect(exitCode, output).toBe(0);
    expect(readFileSync(join(checkout, job.artifacts.reports.junit), 'utf8')).not.toContain('<failure ');
  });

  test('a variable is data, whatever is written in it, and a check that cannot run leaves no report', async () => {
    const checkout = await fullCheckout();
    const mark = join(scratch.folder, 'pwned');
    for (const name of ['INTERCOM_MAX_AGE', 'INTERCOM_FAIL_ON', 'CI_MERGE_REQUEST_DIFF_BASE_SHA']) {
      const { exitCode } = await onGitlab(checkout, 'sh', { [name]: `$(touch ${mark}) '; touch ${mark} #` });
      expect(existsSync(mark), name).toBe(false);
      if (name.startsWith('INTERCOM')) {
        expect(exitCode).toBe(2);
        expect(existsSync(join(checkout, job.artifacts.reports.junit))).toBe(false);
      }
    }
  });
});
