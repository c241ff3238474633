/** Codex itself, as `git intercom init` sets it up. Its hooks are taken as approved, which a person does in /hooks. */
import { describe, expect, test } from 'vitest';
import { codex, codexInCode } from './codex.ts';
import { hearsMailOnce, isWokenByMail } from './mail.ts';
import { say } from './model/saying.ts';
import { onMachineWith } from './place.ts';
import { isWarnedOnce } from './warned.ts';

const project = onMachineWith(codex);

const { edit, write, shell } = codex.steps((path) => project().path(path));

describe('an edit', () => {
  test('of what another claims is refused: the file stays, and the model hears who holds it and why', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(codex);
    session.plays(edit('src/a.ts', 'export const a = 1;', 'export const a = 2;'));
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    expect((await session.request(1)).news).toMatch(/src\/a\.ts is claimed by bold-fox.*split login/);
  });

  test('of a free file claims it, until the session is over', async () => {
    const session = project().session(codex);
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
    await isWarnedOnce(project().session(codex));
  });
});

describe('a newer model, whose one tool runs a script that calls the others,', () => {
  test('is refused what another claims, edit and shell command, and claims what is free', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(codexInCode);
    const { edit, write, shell } = session.steps;
    let during: Record<string, string> = {};
    session.plays(
      edit('src/a.ts', 'export const a = 1;', 'export const a = 2;'),
      shell('rm src/a.ts'),
      write('src/new.ts', 'new'),
      async () => {
        during = await project().held();
        return say('Done.');
      },
    );
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    for (const n of [1, 2]) expect((await session.request(n)).news).toMatch(/claimed by bold-fox.*split login/);
    expect(Object.keys(during).sort()).toEqual(['src/a.ts', 'src/new.ts']);
  });
});

describe('a shell command', () => {
  test('that is known to write what another claims is refused before it runs', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(codex);
    session.plays(shell('rm src/a.ts'));
    await session.run();
    expect(project().read('src/a.ts')).toBe('export const a = 1;\n');
    expect((await session.request(1)).news).toMatch(/claimed by bold-fox.*split login/);
  });

  test('that writes what another claims in a way that nobody knows is told of afterwards', async () => {
    await project().intercom('bold-fox', 'claim', 'src/a.ts', '--why', 'split login');
    const session = project().session(codex);
    session.plays(shell(`node -e 'fs.writeFileSync("src/a" + ".ts", "2")'`));
    await session.run();
    expect(project().read('src/a.ts')).toBe('2');
    expect((await session.request(1)).news).toMatch(/src\/a\.ts.*bold-fox/);
  });
});

describe('mail', () => {
  test('reaches a session that works between two of its steps, once', async () => {
    await hearsMailOnce(project().session(codex));
  });

  test('wakes a session that is idle, each time: its next request has it', async ({ skip }) => {
    await isWokenByMail(project().session(codex), skip);
  });
});
