/** Harnesses that were set up, when what they were set up with is gone. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { root } from '../tooling/sources.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { Machine } from './machine.ts';
import { installingMs, program, whyNot } from './place.ts';
import type { Project } from './project.ts';
import { snapshot } from './snapshot.ts';

const harnesses = [claudeCode, codex];

beforeEach(async ({ skip }) => {
  const missing = await whyNot(harnesses);
  if (missing !== undefined) skip(missing);
}, installingMs);

async function start(command: string): Promise<Project> {
  const machine = await Machine.start({ program: command, harnesses });
  onTestFinished(() => machine.remove());
  return machine.project('project');
}

const init = (project: Project) =>
  project.machine.run('git-intercom', ['init', '--harness', 'claude-code,codex', '--yes'], project.dir);

/** Both edit, one after the other; answers what their models heard. */
async function work(project: Project): Promise<string> {
  const claude = project.session(claudeCode);
  const other = project.session(codex);
  const { read, edit } = claude.steps;
  claude.plays(read('src/a.ts'), edit('src/a.ts', 'a = 1', 'a = 2'));
  other.plays(other.steps.edit('src/b.ts', 'export const b = 1;', 'export const b = 2;'));
  await claude.run();
  await other.run();
  expect([project.read('src/a.ts'), project.read('src/b.ts')]).toEqual([
    'export const a = 2;\n',
    'export const b = 2;\n',
  ]);
  return claude.heard + other.heard;
}

test('remove leaves home and repository as they were, and sessions work without us', async () => {
  const project = await start(program);
  const { machine } = project;
  machine.put('.claude/settings.json', '{\n\t"env": { "A": "1" }, "hooks": {}\n}');
  machine.put('.codex/hooks.json', '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"true"}]}]}}');
  // What the vendors' commands write for themselves is there before.
  await machine.run('claude', ['plugin', 'list'], project.dir);
  await machine.run('codex', ['mcp', 'list'], project.dir);
  const state = () => ({ home: withoutOwn(snapshot(machine.home)), repository: withoutBranch(snapshot(project.dir)) });
  const before = state();
  await init(project);
  await project.intercom('bold-fox', 'claim', 'src/a.ts');
  expect(state()).not.toEqual(before);
  expect(await machine.run('git-intercom', ['remove', '--yes'], project.dir)).toMatchObject({ code: 0 });
  expect(state()).toEqual(before);
  expect(await work(project)).not.toContain('intercom');
});

test('where the program is gone, edits go through', async () => {
  const project = await start(program);
  const copy = join(project.machine.dir, 'installed');
  for (const part of ['dist', 'hooks', 'package.json']) cpSync(join(root, part), join(copy, part), { recursive: true });
  const init = [join(copy, 'dist/bin.cjs'), 'init', '--harness', 'claude-code,codex', '--yes'];
  await project.machine.run(process.execPath, init, project.dir);
  await project.intercom('bold-fox', 'claim', 'src/a.ts', 'src/b.ts');
  rmSync(copy, { recursive: true });
  await work(project);
});

/** Claude Code keeps its own state and copies of it. */
function withoutOwn(files: Record<string, string>): Record<string, string> {
  return without(files, /^\.claude\.json$|^\.claude\/backups\b|^\.codex\/tmp\b/);
}

/** The branch stays, for it is everybody's. */
function withoutBranch(files: Record<string, string>): Record<string, string> {
  return without(files, /^\.git\/objects\b|^\.git\/refs\/heads\/intercom$/);
}

function without(files: Record<string, string>, some: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !some.test(path)));
}
