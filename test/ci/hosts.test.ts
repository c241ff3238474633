/** The action, run as GitHub runs it, on checkouts as GitHub makes them. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../tooling/sources.ts';
import { parseActionFile, runAction, scriptSteps, unpackedAction } from './action-host.ts';
import { readCommands } from './formats/runner.ts';
import { rivals } from './rivals.ts';
import { Scratch } from './scratch.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const actionText = read('action.yml');
const { action, errors } = parseActionFile(actionText);
const made = rivals();
const { scratch, fullCheckout } = made;

const event = () => ({ pull_request: { base: { sha: made.base }, head: { sha: made.head } } });
const onGithub = (checkout: string, inputs: Readonly<Record<string, string>> = {}, actionPath = root) =>
  runAction(action, { checkout, actionPath, event: event(), inputs }, scratch);
const claimsAlone = () => ({ base: made.head, head: made.head });

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
    expect([...new Set(handedOver)]).toEqual(action.inputs?.map(({ id }) => `\${{ inputs.${id} }}`));
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
    const { exitCode, output } = await onGithub(await fullCheckout(), claimsAlone());
    expect(exitCode, output).toBe(0);
    expect(readCommands(output).commands.filter(({ name }) => name !== 'notice')).toEqual([]);
  });

  test('a checkout of one commit gets the coordination branch, and of the history what the change takes', async () => {
    for (let n = 0; n < 40; n++) await scratch.commit({}, `More ${n}`);
    const latest = await scratch.commit({ 'src/ui.ts': '3\n' }, 'At last');
    await scratch.git(scratch.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/long');
    const checkout = await scratch.checkout('long', '--depth=1');
    const { exitCode, output } = await onGithub(checkout, { head: latest });
    expect(exitCode, output).toBe(1);
    expect(output).toContain('src/auth.ts is changed here, and bold-fox claims it on login');
    expect(output).not.toContain('The range was not looked at');
    expect(await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/intercom')).toMatch(/^[0-9a-f]{40}$/);
  });

  test('what cannot be fetched of a change is said, and a full clone fetches nothing', async () => {
    const lost = { base: 'f'.repeat(40), head: made.head };
    const shallow = await scratch.checkout('wide', '--depth=1');
    const { exitCode, output } = await onGithub(shallow, lost);
    expect(exitCode, output).toBe(0);
    expect(
      readCommands(output)
        .commands.map(({ data }) => data)
        .join('\n'),
    ).toContain(`The range was not looked at: ${lost.base} is not in this checkout.`);
    const full = await fullCheckout();
    expect((await onGithub(full, lost)).output).not.toContain('fatal:');
    expect(await scratch.git(full, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });

  test('an event without a change checks the claims alone', async () => {
    const checkout = await fullCheckout();
    const ended = await runAction(action, { checkout, actionPath: root, event: { ref: 'x' }, inputs: {} }, scratch);
    expect(ended.exitCode, ended.output).toBe(0);
  });

  test('max-age and fail-on reach the command', async () => {
    const checkout = await fullCheckout();
    const inputs = { ...claimsAlone(), 'max-age': '1s' };
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
