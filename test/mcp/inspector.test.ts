import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scratch } from '../cli/scratch.ts';
import { inspect, whyNoInspector } from './inspector.ts';

let scratch: Scratch;
let missing: string | undefined;
beforeAll(async () => {
  scratch = new Scratch();
  missing = await whyNoInspector();
});
afterAll(() => scratch.remove());

test('its linter finds no error in what the tools take and give', async ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const { code, stdout, stderr } = await inspect(['--strict', '--method', 'tools/list'], scratch.repo, scratch.env());
  expect(stderr).not.toMatch(/^[1-9]\d* errors?,/m);
  expect(code).toBe(0);
  const { tools } = JSON.parse(stdout) as { tools: { name: string }[] };
  expect(tools.map(({ name }) => name)).toContain('claim');
});

test('it calls a tool and reads the answer', async ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const call = ['--format', 'json', '--method', 'tools/call', '--tool-name', 'claim'];
  const input = ['--tool-args-json', '{"paths":["src/auth.ts"],"why":"inspect"}'];
  const { code, stdout } = await inspect([...call, ...input], scratch.repo, scratch.env());
  expect(code).toBe(0);
  expect(JSON.parse(stdout).result.structuredContent.claim).toMatchObject({ paths: ['src/auth.ts'], why: 'inspect' });
});

test('a refusal comes as the result of the call', async ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const call = [
    '--format',
    'json',
    '--method',
    'tools/call',
    '--tool-name',
    'release',
    '--tool-args-json',
    '{"id":"x"}',
  ];
  const { stdout } = await inspect(call, scratch.repo, scratch.env());
  expect(JSON.parse(stdout).result).toMatchObject({ isError: true });
});
