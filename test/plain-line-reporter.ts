/**
 * Ends a run with one plain line, `Tests: N passed, N failed`, for machines that read the output.
 *
 * The line is written when the process exits, because other reporters and the runner itself may still print after the
 * last test. A run that never came to its end (the configuration or the global setup threw) counts as one failed test.
 */
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

interface Totals {
  readonly passed: number;
  readonly failed: number;
}

export class PlainLineReporter implements Reporter {
  private totals: Totals | undefined;
  private watching = false;

  onInit(vitest: { readonly config: { readonly watch: boolean } }): void {
    this.watching = vitest.config.watch;
    if (this.watching) return;
    process.once('exit', () => console.log(lineOf(this.totals ?? { passed: 0, failed: 1 })));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[], reason: string): void {
    for (const line of skippedLines(modules)) console.log(line);
    const counted = totalsOf(modules, unhandledErrors.length);
    const silentFailure = reason !== 'passed' && counted.failed === 0;
    this.totals = silentFailure ? { ...counted, failed: 1 } : counted;
    if (this.watching) console.log(lineOf(this.totals));
  }
}

function lineOf({ passed, failed }: Totals): string {
  return `Tests: ${passed} passed, ${failed} failed`;
}

/** Counts, beside failed tests, what failed without a test to show for it: a file, a hook, an error nobody awaited. */
function totalsOf(modules: readonly TestModule[], unhandledErrors: number): Totals {
  let passed = 0;
  let failed = unhandledErrors;
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      if (test.result().state === 'passed') passed += 1;
      if (test.result().state === 'failed') failed += 1;
    }
    for (const group of [module, ...module.children.allSuites()]) {
      if (group.errors().length > 0) failed += 1;
    }
  }
  return { passed, failed };
}

function skippedLines(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map((test) => `skipped: ${module.relativeModuleId} > ${describe(test)}`),
  );
}

function describe(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return `${test.fullName} (${note ?? (groupFailed(test.parent) ? 'its group failed' : 'by its condition')})`;
}

function groupFailed(group: TestSuite | TestModule): boolean {
  if (group.errors().length > 0) return true;
  return group.type === 'suite' && groupFailed(group.parent);
}
