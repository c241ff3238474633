/** Harnesses that were set up, when what they were set up with is gone. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import type { RealHarness } from './harness.ts';
import { areAllAsked, folderOf as installedIn } from './installed.ts';
import { Machine } from './machine.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { installingMs, program, whyNot } from './place.ts';
import type { Project } from './project.ts';
import { snapshot } from './snapshot.ts';

const harnesses = [claudeCode, codex, ...(areAllAsked ? [opencode, gemini, copilot, pi] : [])];

/** What a user may have written, and not as we would. */
const written: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'claude-code': { '.claude/settings.json': '{\n\t"env": { "A": "1" }, "hooks": {}\n}' },
  codex: { '.codex/hooks.json': '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"true"}]}]}}' },
  copilot: { '.copilot/mcp-config.json': '{ "mcpServers": {} }' },
};

/** What the vendors' commands that set up and take back write for themselves. */
const vendors = /^\.claude\.json$|^\.claude\/backups\b|^\.codex\/tmp\b/;
/** The branch stays, for it is everybody's. */
const branch = /^\.git\/objects\b|^\.git\/refs\/heads\/intercom$/;

describe.each(harnesses.map((harness) => [harness.title, harness] as const))('%s', (_, harness) => {
  beforeEach(async ({ skip }) => {
    const missing = await whyNot([harness]);
    if (missing !== undefined) skip(missing);
  }, installingMs);

  test('remove leaves home and repository as they were, and sessions work without us', async () => {
    const project = await start(harness);
    const { machine, dir } = project;
    const init = ['init', '--harness', harness.harness, '--yes'];
    // What the vendor's commands leave behind once is there before.
    if (harness === claudeCode) await machine.run('claude', ['plugin', 'list'], dir);
    if (harness === codex) await machine.run('codex', ['mcp', 'list'], dir);
    const state = () => ({
      home: without(snapshot(machine.home), vendors),
      repository: without(snapshot(dir), branch),
    });
    const before = state();
    expect(await machine.run('git-intercom', init, dir)).toMatchObject({ code: 0 });
    await project.intercom('bold-fox', 'claim', 'src/a.ts');
    expect(state()).not.toEqual(before);
    expect(await machine.run('git-intercom', ['remove', '--yes'], dir)).toMatchObject({ code: 0 });
    expect(state()).toEqual(before);
    expect(await edited(harness, project)).not.toContain('intercom');
  });

  test('where the program is gone, edits go through', async () => {
    const project = await start(harness);
    const copy = join(project.machine.dir, 'installed');
    for (const part of ['dist', 'hooks', 'package.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    const init = [join(copy, 'dist/bin.cjs'), 'init', '--harness', harness.harness, '--yes'];
    expect(await project.machine.run(process.execPath, init, project.dir)).toMatchObject({ code: 0 });
    await project.intercom('bold-fox', 'claim', 'src/a.ts');
    rmSync(copy, { recursive: true });
    await edited(harness, project);
  });
});

async function start(harness: RealHarness): Promise<Project> {
  const machine = await Machine.start({ program, harnesses: [harness] });
  onTestFinished(() => machine.remove());
  for (const [path, text] of Object.entries(written[harness.harness] ?? {})) machine.put(path, text);
  return machine.project('project');
}

/** A session edits a file that another claims; answers what its model heard. */
async function edited(harness: RealHarness, project: Project): Promise<string> {
  const session = project.session(harness);
  const { read, edit } = session.steps;
  session.plays(read('src/a.ts'), edit('src/a.ts', 'export const a = 1;', 'export const a = 2;'));
  await session.run();
  expect(project.read('src/a.ts')).toBe('export const a = 2;\n');
  // pi tells its model where it lies itself.
  return session.heard.replaceAll(installedIn(harness), '');
}

function without(files: Record<string, string>, some: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !some.test(path)));
}
