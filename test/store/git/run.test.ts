/** Programs that are started for an answer, and how they can end. */
import { expect, test } from 'vitest';
import { runWithoutTerminal } from '../../../src/store/git/run.ts';

test.each([
  ['by itself', 'echo no >&2; exit 3', { code: 3, stderr: 'no\n' }],
  ['by a signal', 'echo no >&2; kill -KILL $$', { code: 137, stderr: 'no\nsh ended by SIGKILL' }],
  ['by the deadline', 'echo no >&2; exec sleep 60', { code: 124, stderr: 'no\n' }],
])('what ended %s is told apart', async (_, script, answer) => {
  expect(await runWithoutTerminal('sh', ['-c', script], { timeoutMs: 1_000 })).toMatchObject(answer);
});
