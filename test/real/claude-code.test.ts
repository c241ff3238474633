/** Claude Code itself, with the plugin as `git intercom init` installs it, and a model that says what the test says. */
import { describe, expect, test } from 'vitest';
import { claudeCode } from './claude-code.ts';
import { use } from './model/saying.ts';
import { onMachineWith } from './place.ts';
import type { Project } from './project.ts';

const project = onMachineWith(claudeCode);

const write = (path: string, content: string, { path: of }: Project = project()) =>
  use('Write', { file_path: `${project().dir}/${path}`, content });
const read = (path: string) => use('Read', { file_path: project().path(path) });
const edit = (path: string, from: string, to: string) =>
  use('Edit', { file_path: project().path(path), old_string: from, new_string: to });

describe('an edit', () => {
  test('of what another claims is refused: the file stays, and the model hears who holds it and why', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(claudeCode);
    session.plays(read('src/a.ts'), edit('src/a.ts', 'a = 1', 'a = 2'));
    const { code, stderr, stdout } = await session.run();
    console.log(stdout, stderr, session.requests.map(({ news }) => news.slice(0, 3000)).join('\n\n'));
    expect(code, stderr).toBe(0);
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    expect((await session.request(2)).news).toMatch(/src\/a\.ts is claimed by bold-fox.*split login/);
  });
});
