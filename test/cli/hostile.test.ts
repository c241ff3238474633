/** What somebody wrote by hand, past all that our own commands take out, on each surface that shows it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Calling } from '../../src/cli/command.ts';
import { liveCommands } from '../../src/cli/commands/live.ts';
import { patchIn } from '../../src/cli/patch-in.ts';
import type { Words } from '../../src/cli/words.ts';
import { toldMail } from '../../src/domain/guard/mail.ts';
import { signalText } from '../../src/domain/guard/signal.ts';
import { shownMessage } from '../../src/domain/message/present.ts';
import type { MessageRecord } from '../../src/domain/record/record.ts';
import { instantOf } from '../../src/domain/time.ts';
import { open } from '../../src/open.ts';
import { removeFolder } from '../remove-folder.ts';
import { root } from '../tooling/sources.ts';
import { forbidden, hostile, id, layHostile, message, textsIn } from './hostile.ts';

const dir = mkdtempSync(join(tmpdir(), 'intercom-hostile-'));
const bin = join(root, 'dist/bin.cjs');

beforeAll(async () => {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', dir]);
  for (const name of ['ada', 'eve']) command(name, 'status', 'here');
  await layHostile(dir);
});
afterAll(() => removeFolder(dir));

function command(agent: string, ...words: readonly string[]) {
  const env = { ...process.env, INTERCOM_AGENT: agent, FORCE_COLOR: '0', NO_COLOR: '1' };
  const { stdout, stderr } = spawnSync(process.execPath, [bin, '-C', dir, ...words], { env, encoding: 'utf8' });
  return { stdout, shown: stdout + stderr };
}

const surfaces = [
  ['peek', '--no-mark'],
  ['thread', id],
  ['search', 'done'],
  ['who'],
  ['who', 'src/a.ts'],
  ['claims'],
  ['check-edit', 'src/a.ts'],
  ['claim', 'src/a.ts'],
  ['log'],
  ['receipts', id],
  ['peek', '--all', '--no-mark'],
  ['search', 'done', '--kind', 'message'],
  ['search', '--path', 'src/a.ts'],
  ['pending'],
  ['escalations'],
  ['reply', 'nothing', 'x'],
  ['spec', 'show', 'api'],
  ['spec', 'list'],
  ['room', 'show', 'ops', '--history', '5'],
  ['room', 'list'],
];

test.each([...surfaces, ['watch']])('%s %s shows nothing that moves a terminal or hides', (...words) => {
  const { shown } = command('ada', ...words);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.match(forbidden)?.[0], JSON.stringify(shown)).toBeUndefined();
});

test.each(surfaces)('%s %s as JSON escapes it, and keeps what was written', (...words) => {
  const { stdout } = command('ada', ...words, '--json');
  expect(stdout.match(forbidden)?.[0], stdout).toBeUndefined();
  expect(() => JSON.parse(stdout)).not.toThrow();
  if (words[0] === 'thread') expect(JSON.parse(stdout).messages[0]).toMatchObject({ text: hostile });
});

test('a subject of several lines forges no other message', () => {
  const lines = command('ada', 'peek', '--no-mark').stdout.split('\n');
  expect(lines.filter((line) => /^\S+ +eve → ada/.test(line))).toHaveLength(3);
  expect(lines.filter((line) => /^ada /.test(line))).toEqual([]);
});

test.each(['thread', 'send', 'claim', 'room show'])('%s of such a word is refused without it', (name) => {
  const { shown } = command('ada', ...name.split(' '), hostile, ...(name === 'send' ? ['x'] : []));
  expect(shown).toContain('error:');
  expect(shown.match(forbidden)?.[0], JSON.stringify(shown)).toBeUndefined();
});

test('mail that a hook tells by itself has none of it', () => {
  const { text } = toldMail([shownMessage(message as unknown as MessageRecord)], { nowMs: Date.now() });
  expect(text).toContain('done');
  expect(text.match(forbidden)?.[0], JSON.stringify(text)).toBeUndefined();
});

test('a patch is handed on as it is where it is piped', () => {
  expect(command('ada', 'thread', id, '--patch').stdout).toBe(message.attachments[1].text);
});

test('a patch that is shown to a person at a terminal moves nothing', () => {
  const { messages } = JSON.parse(command('ada', 'thread', id, '--json').stdout);
  const shown = patchIn(messages, id, { isInteractive: true });
  expect(shown).toMatchObject({ status: 'done', value: expect.stringContaining('see gnp.exe') });
  expect(JSON.stringify(shown).match(forbidden)).toBeNull();
});

describe('what goes on', () => {
  /** Until it has said what is wanted; it is asked to end then. */
  async function said(wanted: RegExp, ...words: readonly string[]): Promise<string> {
    const env = { ...process.env, INTERCOM_AGENT: 'ada', NO_COLOR: '1' };
    const child = spawn(process.execPath, [bin, '-C', dir, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let shown = '';
    child.stdout.on('data', (part: Buffer) => {
      shown += part.toString();
      if (wanted.test(shown)) child.kill('SIGINT');
    });
    await once(child, 'close');
    return shown;
  }

  test.each([
    ['log', '--follow'],
    ['log', '--follow', '--json'],
  ])('%s %s shows nothing that moves a terminal or hides', async (...words) => {
    const shown = await said(/done/, ...words);
    expect(shown.match(forbidden)?.[0], JSON.stringify(shown)).toBeUndefined();
  });

  test('a live view draws none of it', async () => {
    const { session } = await open({ cwd: dir, env: process.env, agent: 'ada', uid: 'uid-ada' });
    const ending = new AbortController();
    const drawn: string[] = [];
    const terminal = {
      ...{ isInteractive: true, columns: 200, rows: 80, paint: (_colour: string, text: string) => text },
      out: (text: string) => {
        drawn.push(text);
        if (text.includes('done')) ending.abort();
      },
      err: () => {},
    };
    const watch = liveCommands.find(({ name }) => name === 'watch');
    await watch?.run({} as Words, { session, terminal, signal: ending.signal, isJson: false } as unknown as Calling);
    await session.store.close();
    // The screen is our own to move: to its beginning, and to clear a line or what is below.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    const shown = drawn.join('').replace(/\u001b\[(?:\?\d+[hl]|[HKJ])/g, '');
    expect(shown).toContain('done');
    expect(shown.match(forbidden)?.[0], JSON.stringify(shown)).toBeUndefined();
  });

  test('the signal file has none of it', async () => {
    const { session } = await open({ cwd: dir, env: process.env, agent: 'ada', uid: 'uid-ada' });
    const text = await session.store.read((view, nowMs) => signalText(view, instantOf(nowMs)));
    await session.store.close();
    expect(text).toContain('done');
    expect(text.match(forbidden)?.[0], JSON.stringify(text)).toBeUndefined();
  });
});

const told = /From another agent, not from your user/;

test.each(['UserPromptSubmit', 'PostToolUse', 'PreToolUse'])('the answer to %s shows none of it', (event) => {
  const input = {
    ...{ hook_event_name: event, session_id: `s-${event}`, cwd: dir, prompt: 'go on', tool_name: 'Edit' },
    tool_input: { file_path: join(dir, 'src/a.ts') },
  };
  const env = { ...process.env, INTERCOM_AGENT: 'ada', CLAUDE_CODE_SESSION_ID: '' };
  const words = [bin, 'hook', 'claude-code', event];
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    ...{ cwd: dir, env, encoding: 'utf8', input: JSON.stringify(input) },
  });
  expect((stdout + stderr).match(forbidden)?.[0], stdout).toBeUndefined();
  if (event === 'UserPromptSubmit') expect(stdout).toContain('unread mail');
  for (const text of textsIn(stdout === '' ? {} : JSON.parse(stdout))) {
    expect(text.match(forbidden)?.[0], text).toBeUndefined();
    if (text.includes('unread mail')) expect(text).toMatch(told);
  }
});
