/** A machine for the tests of a file, set up once as a user sets it up: by `git intercom init`. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, type TestContext } from 'vitest';
import { root } from '../tooling/sources.ts';
import type { RealHarness } from './harness.ts';
import { whyMissing } from './installed.ts';
import { Machine } from './machine.ts';
import type { Project } from './project.ts';

export const program = join(root, 'dist/bin.cjs');

/** Each test gets a repository of its own, with coordination open; all are skipped where a harness is missing. */
export function onMachineWith(...harnesses: readonly RealHarness[]): () => Project {
  let machine: Machine | undefined;
  let missing: string | undefined;
  let project: Project;
  let count = 0;
  beforeAll(async () => {
    for (const harness of harnesses) missing ??= await whyMissing(harness);
    if (missing !== undefined) return;
    machine = await Machine.start({ program, harnesses });
    const first = await machine.project('first');
    const names = harnesses.map(({ harness }) => harness).join();
    const { code, stderr } = await machine.run('git-intercom', ['init', '--harness', names, '--yes'], first.dir);
    if (code !== 0) throw new Error(`git intercom init: ${stderr}`);
  }, 400_000);
  beforeEach(async ({ skip }: TestContext) => {
    if (machine === undefined) return skip(missing);
    project = await machine.project(`project-${++count}`);
    await project.intercom('grace', 'init', '--harness', 'none', '--yes');
  });
  afterAll(() => machine?.remove());
  return () => project;
}
