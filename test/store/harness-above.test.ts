/** Which process is the harness, from what the system tells of those that run. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { harnessAbove, harnessPid } from '../../src/store/local/harness-process.ts';
import { psOptions, runningIn } from '../../src/store/local/running.ts';

/** As ps writes it on macOS. */
const listed = `    1     0 /sbin/launchd
  500     1 /Applications/iTerm.app/Contents/MacOS/iTerm2
  501   500 -zsh
  610   501 node /opt/homebrew/bin/gemini
  611   610 /bin/sh -c /Users/ada/.local/share/git-intercom/launch hook gemini BeforeTool
  612   611 /bin/sh /Users/ada/.local/share/git-intercom/launch hook gemini BeforeTool
  620   610 bash -c git intercom status
  621   620 git intercom status
  630   610 npm exec git-intercom mcp
  640   610 node /opt/homebrew/lib/node_modules/npm/bin/npx-cli.js git-intercom mcp
  700   501 /Applications/Cursor.app/Contents/MacOS/Cursor Helper (Plugin) --type=utility
  701   700 sh -c launch hook cursor preToolUse
`;
const above = (pid: number) => harnessAbove(pid, (each) => runningIn(listed).get(each));

test.each([
  ['a hook', 612, 610],
  ['a command in its shell', 621, 610],
  ['a server that npm has started', 630, 610],
  ['a server that npx has started', 640, 610],
  ['the harness itself', 610, 610],
  ['a hook of a program with blanks in its name', 701, 700],
  ['a command that a person typed', 501, 501],
])('%s of one session is of one process', (_what, pid, harness) => {
  expect(above(pid)).toBe(harness);
});

test('a parent that is gone, or that nothing is known of, is as far as one can see', () => {
  expect(above(1)).toBeUndefined();
  expect(above(99)).toBe(99);
  expect(harnessAbove(612, () => undefined)).toBe(612);
});

const { status, stdout } = spawnSync('ps', psOptions, { encoding: 'utf8' });

test.runIf(status === 0)('ps tells the same as proc(5), where both are', () => {
  const byPs = runningIn(stdout);
  expect(byPs.get(process.pid)?.parent).toBe(process.ppid);
  expect(harnessAbove(process.ppid, (pid) => byPs.get(pid))).toBe(harnessPid());
});
