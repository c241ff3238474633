/** The fetch of the coordination branch, which each host does by the same lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../tooling/sources.ts';
import { parseActionFile, scriptSteps } from './action-host.ts';
import { rivals } from './rivals.ts';
import { write } from './scratch.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const fetchScripts = {
  'action.yml': scriptSteps(parseActionFile(read('action.yml')).action)[1]?.script ?? '',
  'hooks/gitlab-ci.yml': parse(read('hooks/gitlab-ci.yml'))['git-intercom'].script[0] as string,
};
const made = rivals();
const { scratch } = made;

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
    expect(await scratch.git(checkout, 'rev-parse', 'refs/remotes/origin/login')).toBe(made.base);
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
