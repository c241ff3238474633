/** A machine for the tests of a file, set up once as a user sets it up: by `git intercom init`. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, onTestFinished, type TestContext } from 'vitest';
import { root } from '../tooling/sources.ts';
import type { RealHarness } from './harness.ts';
import { whyMissing } from './installed.ts';
import { Machine } from './machine.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import { whyNoTerminal } from './terminal.ts';

/** npm brings hundreds of megabytes, where anything is to be installed. */
export const installingMs = 400_000;

export const program = join(root, 'dist/bin.cjs');

/** Undefined when all are there; else why not. */
export async function whyNot(harnesses: readonly RealHarness[]): Promise<string | undefined> {
  let missing: string | undefined;
  for (const harness of harnesses) missing ??= await whyMissing(harness);
  return missing;
}

/** Each test gets a repository of its own, with coordination open; all are skipped where a harness is missing. */
export function onMachineWith(...harnesses: readonly RealHarness[]): () => Project {
  let machine: Machine | undefined;
  let missing: string | undefined;
  let project: Project;
  let count = 0;
  beforeAll(async () => {
    missing = await whyNot(harnesses);
    if (missing !== undefined) return;
    machine = await Machine.start({ program, harnesses });
    const first = await machine.project('first');
    const names = harnesses.map(({ harness }) => harness).join();
    const { code, stderr } = await machine.run('git-intercom', ['init', '--harness', names, '--yes'], first.dir);
    if (code !== 0) throw new Error(`git intercom init: ${stderr}`);
  }, installingMs);
  beforeEach(async ({ skip }: TestContext) => {
    if (machine === undefined) return skip(missing);
    project = await machine.project(`project-${++count}`);
    await project.intercom('grace', 'init', '--harness', 'none', '--yes');
  });
  afterAll(() => machine?.remove());
  return () => project;
}

/** Opens the session in a terminal, for as long as the test lasts; skips the test where there are no terminals. */
export function inTerminal(session: Session, skip: TestContext['skip']): void {
  const missing = whyNoTerminal();
  if (missing !== undefined) skip(missing);
  const terminal = session.open();
  onTestFinished(({ task }) => {
    if (task.result?.state === 'fail') console.error(terminal.screen.trimEnd());
    return terminal.close();
  });
}
