/** Builds dist/ once for all tests, and compiles it once. A build that fails is one failed test (tooling/build.test.ts), not a lost run. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { compile } from './compiled.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the build said; empty when it worked. */
    buildFailure: string;
  }
}

export function setup(project: TestProject): () => void {
  const script = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
  const build = spawnSync(process.execPath, [script, '--types'], { encoding: 'utf8' });
  const failed = build.status !== 0;
  project.provide('buildFailure', failed ? `exit ${build.status ?? build.signal}\n${build.stdout}${build.stderr}` : '');
  return failed ? () => {} : compile(fileURLToPath(new URL('../dist/bin.cjs', import.meta.url)));
}
