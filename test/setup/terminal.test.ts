/** What a person sees who types the command alone, in a terminal, in a repository without coordination. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-terminal-')));
  for (const folder of ['repo', 'bin', 'home/.gemini', 'home/.cursor'])
    mkdirSync(join(top, folder), { recursive: true });
  symlinkSync(join(root, 'dist/bin.cjs'), join(top, 'bin/git-intercom'));
  spawnSync('git', ['init', '--quiet', '--template='], { cwd: join(top, 'repo') });
});
afterEach(() => removeFolder(top));

const hasPty = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** Types each answer when its question has come, and answers all that was shown. */
function type(command: string, answers: readonly (readonly [question: string, keys: string])[]): Promise<string> {
  const env = {
    PATH: [join(top, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: join(top, 'home'),
    GIT_CEILING_DIRECTORIES: top,
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
  };
  return new Promise((resolve) => {
    const child = spawn('script', ['-qfec', `stty cols 100 rows 40; ${command}`, '/dev/null'], {
      cwd: join(top, 'repo'),
      env,
      timeout: 20_000,
    });
    const left = [...answers];
    let shown = '';
    let seen = 0;
    child.stdout.on('data', (part: Buffer) => {
      shown += part.toString();
      const [next] = left;
      if (next === undefined || !shown.slice(seen).includes(next[0])) return;
      left.shift();
      seen = shown.length;
      child.stdin.write(next[1]);
    });
    child.on('close', () => resolve(shown));
  });
}

test('the command alone leads into set-up, asks twice, and is help from then on', async (ctx) => {
  if (!hasPty) ctx.skip('no script of util-linux here');
  const shown = await type('git-intercom', [
    ['Which of these', '\r'],
    ['May agents call', '\r'],
  ]);
  expect(shown).toContain('home/.gemini/settings.json');
  expect(shown).toContain('home/.cursor/mcp.json');
  expect(JSON.parse(readFileSync(join(top, 'home/.gemini/settings.json'), 'utf8')).mcpServers.intercom.trust).toBe(
    true,
  );
  expect(await type('git-intercom', [])).toContain('who edits what');
});

test('who gives up is told that nothing was connected', async (ctx) => {
  if (!hasPty) ctx.skip('no script of util-linux here');
  const shown = await type('git-intercom', [['Which of these', '\u0003']]);
  expect(shown).toContain('Nothing was changed');
  expect(existsSync(join(top, 'home/.gemini/settings.json'))).toBe(false);
  expect(existsSync(join(top, 'repo/.intercom'))).toBe(false);
});

test('remove asks, and no is no', async (ctx) => {
  if (!hasPty) ctx.skip('no script of util-linux here');
  await type('git-intercom init --yes --harness gemini', []);
  expect(await type('git-intercom remove', [['Take git-intercom away', 'n']])).toContain('Nothing was changed');
  expect(existsSync(join(top, 'home/.gemini/settings.json'))).toBe(true);
  expect(await type('git-intercom remove', [['Take git-intercom away', 'y']])).toContain('Took back');
  expect(existsSync(join(top, 'home/.gemini/settings.json'))).toBe(false);
});
