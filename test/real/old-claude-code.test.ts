/** Claude Code before 2.1.118, whose hooks can call no server, and tell no server which session it is. By `npm run test:harness`. */
import { describe, expect, test } from 'vitest';
import { claudeCode } from './claude-code.ts';
import type { Idle } from './harness.ts';
import { areAllAsked } from './installed.ts';
import { hearsMailOnce, isWokenByMail } from './mail.ts';
import { say } from './model/saying.ts';
import { onMachineWith } from './place.ts';

const idle = { ...(claudeCode.idle as Idle), endOfTurn: '"subtype":"stop_hook_summary"' };
const old = { ...claudeCode, version: '2.1.117', idle };

describe.runIf(areAllAsked)('Claude Code 2.1.117', () => {
  const project = onMachineWith(old);
  const { read, edit, write, shell, ours } = old.steps((path) => project().path(path));

  test('is refused an edit of what another claims, and hears why', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(old);
    session.plays(read('src/a.ts'), edit('src/a.ts', 'a = 1', 'a = 2'), shell('rm src/a.ts'));
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    for (const n of [2, 3]) expect((await session.request(n)).news).toMatch(/claimed by bold-fox.*split login/);
  });

  test('is one agent in hooks, tools and commands: what it claims by one of them it may edit', async () => {
    const session = project().session(old);
    const claim = ours?.('claim', { paths: ['src/one.ts'] }) ?? say('There are no tools.');
    let during: Record<string, string> = {};
    session.plays(
      ...[claim, write('src/one.ts', 'one'), shell('git intercom claim src/two.ts'), write('src/two.ts', 'two')],
      ...[write('src/free.ts', 'free'), shell('git intercom status mine')],
      async () => {
        during = await project().held();
        return say('Done.');
      },
    );
    await session.run();
    expect(Object.keys(during).sort()).toEqual(['src/free.ts', 'src/one.ts', 'src/two.ts']);
    expect(new Set(Object.values(during)).size).toBe(1);
  });

  test('hears mail between two of its steps, once', async () => {
    await hearsMailOnce(project().session(old));
  });

  test('is woken when it is idle', async ({ skip }) => {
    await isWokenByMail(project().session(old), skip);
  });
});
