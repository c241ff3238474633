/** A harness that git-intercom does not know, answered through the library: the example of src/harness/README.md. */
import { expect, test } from 'vitest';
import { answerHook, type Harness } from '../../src/index.ts';
import { doneBy, Place } from '../operations/place.ts';

const windsurf: Harness = {
  name: 'windsurf',
  read: (event, input) => {
    const session = String(input.trajectory_id);
    const { file_path, command_line, cwd } = input.tool_info as Record<string, string | undefined>;
    const hook = { session, cwd };
    if (event === 'pre_write_code' && file_path) return { ...hook, event: { kind: 'before-edit', paths: [file_path] } };
    if (event === 'pre_run_command') {
      return { ...hook, event: { kind: 'before-shell', command: command_line ?? '' } };
    }
    return undefined;
  },
  answer: (_event, { permission, reason = '' }) => {
    return permission === 'as-usual'
      ? { stdout: '', stderr: '', exitCode: 0 }
      : { stdout: '', stderr: reason, exitCode: 2 };
  },
};

async function scene() {
  const place = new Place();
  await place.as('bold-fox', 0, async (intercom) => doneBy(await intercom.claim({ paths: ['a.ts'], why: 'split it' })));
  const hook = async (event: string, tool_info: object) => {
    const env = { ...process.env, INTERCOM_TEST_CLOCK: '2026-03-01T09:01:00.000Z' };
    const input = { trajectory_id: 't1', tool_info };
    const { output, settle } = await answerHook({ harness: windsurf, event, input, dir: place.dir, env });
    await settle();
    return output;
  };
  const held = () => place.as('ada', 2, async (intercom) => doneBy(await intercom.claims({})).claims);
  return { hook, held };
}

test('an edit of what another holds is refused in the form of the harness', async () => {
  const { hook } = await scene();
  const { exitCode, stderr } = await hook('pre_write_code', { file_path: 'a.ts' });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a.ts is claimed by bold-fox');
});

test('the first edit of a free file claims it for the session of the harness', async () => {
  const { hook, held } = await scene();
  expect(await hook('pre_write_code', { file_path: 'b.ts' })).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  const claims = await held();
  expect(claims.map(({ paths }) => paths)).toEqual(expect.arrayContaining([['a.ts'], ['b.ts']]));
  expect(new Set(claims.map(({ agent }) => agent)).size).toBe(2);
});

test('a command that writes there is refused before it runs', async () => {
  const { hook } = await scene();
  expect((await hook('pre_run_command', { command_line: 'sed -i s/1/2/ a.ts' })).exitCode).toBe(2);
  expect((await hook('pre_run_command', { command_line: 'cat a.ts' })).exitCode).toBe(0);
});

test('a moment that the harness leaves out is answered with silence', async () => {
  const { hook } = await scene();
  expect(await hook('post_cascade_response', {})).toEqual({ stdout: '', stderr: '', exitCode: 0 });
});
