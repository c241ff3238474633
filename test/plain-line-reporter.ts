/**
 * Ends a run with one plain line, `Tests: N passed, N failed`, for machines that read the output, after a line for each
 * test that was skipped and each failure.
 *
 * The line is written when the process exits, because other reporters and the runner itself may still print after the
 * last test. A run that never came to its end (the configuration or the global setup threw) counts as one failed test.
 */
import { stripVTControlCharacters } from 'node:util';
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
    const failures = failuresOf(modules, unhandledErrors);
    for (const line of [...skippedLines(modules), ...failures]) console.log(line);
    const counted = { passed: passedIn(modules), failed: failures.length };
    const silentFailure = reason !== 'passed' && counted.failed === 0;
    this.totals = silentFailure ? { ...counted, failed: 1 } : counted;
    if (this.watching) console.log(lineOf(this.totals));
  }
}

function lineOf({ passed, failed }: Totals): string {
  return `Tests: ${passed} passed, ${failed} failed`;
}

function passedIn(modules: readonly TestModule[]): number {
  return modules.reduce((sum, module) => sum + [...module.children.allTests('passed')].length, 0);
}

/** A line for each failed test, and for what failed without a test to show for it: a file, a hook, an error nobody awaited. */
function failuresOf(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): string[] {
  const lines = unhandledErrors.map((error) => `failed: nobody awaited it: ${told([error])}`);
  for (const module of modules) {
    const file = module.relativeModuleId;
    for (const test of module.children.allTests('failed'))
      lines.push(`failed: ${file} > ${test.fullName}: ${told(test.result().errors)}`);
    for (const group of [module, ...module.children.allSuites()]) {
      if (group.errors().length === 0) continue;
      const name = group.type === 'suite' ? ` > ${group.fullName}` : '';
      lines.push(`failed: ${file}${name}: ${told(group.errors())}`);
    }
  }
  return lines;
}

/** The first line of the first error: the runner's own report has the rest. */
function told(errors: readonly unknown[] | undefined): string {
  const first = errors?.[0];
  const text = typeof first === 'object' && first !== null && 'message' in first ? first.message : first;
  return stripVTControlCharacters(String(text)).split('\n', 1)[0]?.slice(0, 300) ?? '';
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
