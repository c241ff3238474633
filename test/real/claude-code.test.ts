/** Claude Code itself, with the plugin as `git intercom init` installs it, and a model that says what the test says. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { claudeCode } from './claude-code.ts';
import type { Machine } from './machine.ts';
import { hearsMailOnce, isWokenByMail } from './mail.ts';
import { say, use } from './model/saying.ts';
import { onMachineWith } from './place.ts';
import { isWarnedOnce } from './warned.ts';

const project = onMachineWith(claudeCode);

const { read, edit, write, shell } = claudeCode.steps((path) => project().path(path));

/** What is started for a session does not hear of its inbox, for as long as the test lasts: as with an older version. */
function withoutInbox({ home }: Machine): void {
  const scripts = (readdirSync(home, { recursive: true }) as string[]).filter((path) =>
    /(^|\/)(launch|wake\.sh)$/.test(path),
  );
  expect(scripts.length).toBeGreaterThanOrEqual(2);
  for (const script of scripts) {
    const text = readFileSync(join(home, script), 'utf8');
    writeFileSync(join(home, script), text.replace('\n', '\nunset CLAUDE_CODE_MESSAGING_SOCKET\n'));
    onTestFinished(() => writeFileSync(join(home, script), text));
  }
}

describe('an edit', () => {
  test('of what another claims is refused: the file stays, and the model hears who holds it and why', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(claudeCode);
    session.plays(read('src/a.ts'), edit('src/a.ts', 'a = 1', 'a = 2'));
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    expect((await session.request(2)).news).toMatch(/src\/a\.ts is claimed by bold-fox.*split login/);
  });

  test('of a free file claims it, until the session is over', async () => {
    const session = project().session(claudeCode);
    let during: Record<string, string> = {};
    session.plays(write('src/new.ts', 'new'), async () => {
      during = await project().held();
      return say('Done.');
    });
    await session.run();
    expect(project().read('src/new.ts')).toBe('new\n');
    expect(Object.keys(during)).toEqual(['src/new.ts']);
    expect(await project().held()).toEqual({});
  });

  test('is warned of before it is made, where the policy warns, and the second try goes through', async () => {
    await isWarnedOnce(project().session(claudeCode));
  });

  test('by a subagent is one of its session: what the session claimed is its as well', async () => {
    const session = project().session(claudeCode);
    let during: Record<string, string> = {};
    const task = {
      description: 'edit',
      prompt: 'Edit it.',
      subagent_type: 'general-purpose',
      run_in_background: false,
    };
    session.plays(
      ...[read('src/a.ts'), edit('src/a.ts', 'a = 1', 'a = 2'), use('Agent', task)],
      // From here on in the subagent, until it is done.
      ...[read('src/a.ts'), edit('src/a.ts', 'a = 2', 'a = 3'), write('src/new.ts', 'new'), say('Done there.')],
      edit('src/new.ts', 'new', 'newer'),
      async () => {
        during = await project().held();
        return say('Done.');
      },
    );
    await session.run();
    expect(session.heard).toContain('Done there.');
    expect(project().read('src/a.ts')).toBe('export const a = 3;\n');
    expect(project().read('src/new.ts')).toBe('newer\n');
    expect(Object.keys(during).sort()).toEqual(['src/a.ts', 'src/new.ts']);
    expect(new Set(Object.values(during)).size).toBe(1);
  });
});

describe('a shell command', () => {
  test('that is known to write what another claims is refused before it runs', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(claudeCode);
    session.plays(shell('rm src/a.ts'), shell("sed -i 's/1/2/' src/a.ts"));
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    for (const n of [1, 2]) expect((await session.request(n)).news).toMatch(/claimed by bold-fox.*split login/);
  });

  test('that writes what another claims in a way that nobody knows is told of afterwards', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(claudeCode);
    session.plays(shell(`node -e 'fs.writeFileSync("src/a" + ".ts", "2")'`));
    await session.run();
    expect(project().read('src/a.ts')).toBe('2');
    expect((await session.request(1)).news).toMatch(/src\/a\.ts.*bold-fox/);
  });
});

describe('mail', () => {
  test('reaches a session that works between two of its steps, once', async () => {
    await hearsMailOnce(project().session(claudeCode));
  });

  test.for(['with', 'without'])(
    'wakes a session that is idle %s an inbox, each time: its next request has it',
    async (inbox, { skip }) => {
      if (inbox === 'without') withoutInbox(project().machine);
      const brought = await isWokenByMail(project().session(claudeCode), skip);
      for (const news of brought) {
        expect(news).toContain('bold-fox (now) ');
        expect(news).toMatch(inbox === 'with' ? /Another Claude session/ : /task-notification/);
      }
    },
  );
});
