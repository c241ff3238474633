/** The other harnesses, as `git intercom init` sets them up. By `npm run test:harness`: they are large, and slow to start. */
import { describe, expect, test } from 'vitest';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { areAllAsked } from './installed.ts';
import { hearsMailOnce, isWokenByMail } from './mail.ts';
import { say } from './model/saying.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { onMachineWith } from './place.ts';
import { isWarnedOnce } from './warned.ts';

describe.each([opencode, gemini, copilot, pi].map((harness) => [harness.harness, harness] as const))(
  '%s',
  (_, harness) => {
    if (!areAllAsked) return test('runs with npm run test:harness', ({ skip }) => skip('not asked for'));
    const project = onMachineWith(harness);

    test('an edit of what another claims is refused: the file stays, and the model hears why', async () => {
      await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
      const session = project().session(harness);
      const { read, edit } = session.steps;
      session.plays(read('src/a.ts'), edit('src/a.ts', 'export const a = 1;', 'export const a = 2;'));
      await session.run();
      expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
      expect((await session.request(2)).news).toMatch(/src\/a\.ts is claimed by bold-fox.*split login/);
    });

    test('where the policy warns, an edit is held up once, before it is made', async () => {
      await isWarnedOnce(project().session(harness));
    });

    test('a free file is claimed by its edit, until the session is over', async () => {
      const session = project().session(harness);
      let during: Record<string, string> = {};
      session.plays(session.steps.write('src/new.ts', 'new'), async () => {
        during = await project().held();
        return say('Done.');
      });
      await session.run();
      expect(project().read('src/new.ts').trim()).toBe('new');
      expect(Object.keys(during)).toEqual(['src/new.ts']);
      // The end of OpenCode is seen from outside, a moment later.
      await expect.poll(() => project().held(), { timeout: 20_000 }).toEqual({});
    });

    test('hooks, tools and commands are one agent: each may edit what another of them claimed', async () => {
      const session = project().session(harness);
      const { ours, shell, write } = session.steps;
      let during: Record<string, string> = {};
      session.plays(
        ...(ours === undefined ? [] : [ours('claim', { paths: ['src/one.ts'] }), write('src/one.ts', 'one')]),
        ...[
          shell('git intercom claim src/two.ts src/three.ts'),
          write('src/two.ts', 'two'),
          write('src/free.ts', 'free'),
        ],
        ...[shell('git-intercom release src/three.ts')],
        async () => {
          during = await project().held();
          return say('Done.');
        },
      );
      await session.run();
      const first = ours === undefined ? [] : ['src/one.ts'];
      expect(Object.keys(during).sort()).toEqual(['src/free.ts', ...first, 'src/two.ts']);
      expect(new Set(Object.values(during)).size).toBe(1);
    });

    test('a shell command that writes what another claims is refused before it runs', async () => {
      await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
      const session = project().session(harness);
      session.plays(session.steps.shell('rm src/a.ts'));
      await session.run();
      expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
      expect((await session.request(1)).news).toMatch(/claimed by bold-fox.*split login/);
    });

    test('a shell command that writes it in a way that nobody knows is told of afterwards', async () => {
      await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
      const session = project().session(harness);
      session.plays(session.steps.shell(`node -e 'fs.writeFileSync("src/a" + ".ts", "2")'`));
      await session.run();
      expect(project().read('src/a.ts')).toBe('2');
      expect((await session.request(1)).news).toMatch(/src\/a\.ts.*bold-fox/);
    });

    test('mail reaches a session that works between two of its steps, once', async () => {
      await hearsMailOnce(project().session(harness));
    });

    test.runIf(harness.idle)('mail wakes a session that is idle, each time', async ({ skip }) => {
      await isWokenByMail(project().session(harness), skip);
    });
  },
);
