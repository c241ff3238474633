/** The real Claude Code, set up by our own `init`, with a model that says what is written here. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ClaudePlace } from './claude-code.ts';
import { whyNoProgram } from './programs.ts';
import type { Turn } from './turn.ts';

const reason = await whyNoProgram('claude-code');
const files = { 'a.ts': 'export const a = 1;\n', 'b.ts': 'export const b = 1;\n' };

/** An edit is of a file that was read before. */
function edit(place: ClaudePlace, path: string): Turn[] {
  const file_path = join(place.repo, path);
  return [
    { calls: [{ tool: 'Read', input: { file_path } }] },
    { calls: [{ tool: 'Edit', input: { file_path, old_string: '= 1', new_string: '= 2' } }] },
  ];
}

function run(command: string): Turn {
  return { calls: [{ tool: 'Bash', input: { command } }] };
}

describe.skipIf(reason !== undefined)(`Claude Code${reason === undefined ? '' : ` (${reason})`}`, () => {
  test('an edit of what another holds leaves the file as it is, and the model hears why', async () => {
    const place = new ClaudePlace(files);
    place.intercom('--agent', 'bold-fox', 'claim', 'a.ts', '--why', 'split login');
    const { requests } = await place.prompt('change a', [...edit(place, 'a.ts'), { text: 'done' }]);
    expect(place.read('a.ts')).toBe(files['a.ts']);
    expect(requests[0]).toContain('bold-fox holds a.ts');
    expect(requests[2]).toContain('a.ts is claimed by bold-fox');
  });

  test('the first edit of a free file claims it, and goes with the session', async () => {
    const place = new ClaudePlace(files);
    const { requests } = await place.prompt('change b', [
      ...edit(place, 'b.ts'),
      run(`${place.command} claims`),
      { text: 'done' },
    ]);
    expect(place.read('b.ts')).toBe('export const b = 2;\n');
    expect(requests[3]).toMatch(/b\.ts +\d+m left/);
    expect(place.intercom('claims')).not.toContain('b.ts');
  });

  test('a command that writes to what another holds is refused before it runs', async () => {
    const place = new ClaudePlace(files);
    place.intercom('--agent', 'bold-fox', 'claim', 'a.ts');
    const { requests } = await place.prompt('change a', [run('sed -i s/1/2/ a.ts'), { text: 'done' }]);
    expect(place.read('a.ts')).toBe(files['a.ts']);
    expect(requests[1]).toContain('a.ts is claimed by bold-fox');
  });

  test('mail that comes while the agent works is heard at its next step, once', async () => {
    const place = new ClaudePlace(files);
    const send = run(`${place.command} --agent bold-fox send all 'the types moved'`);
    const { requests } = await place.prompt('go', [send, run('true'), { text: 'done' }]);
    const heard = requests.map((request) => request.split('unread mail. From other agents').length - 1);
    expect(heard).toEqual([0, 1, 1]);
  });
});
