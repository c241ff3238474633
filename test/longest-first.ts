/**
 * Begins with the files that take longest, so that none of them is the last one, alone, while the other workers have
 * nothing left. A clean checkout has no times of an earlier run, by which the runner would know them.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Above 15 s each on two processors. The rest is short, and ends together whatever its order. */
export const longest: readonly string[] = [
  'test/processes/kill.test.ts',
  'test/remotes/agree.test.ts',
  'test/processes/full-disk.test.ts',
  'test/cli/transcripts.test.ts',
  'test/remotes/contact.test.ts',
  'test/remotes/hosts.test.ts',
  'test/remotes/sealed.test.ts',
  'test/mcp/calls.test.ts',
  'test/hooks/beside-others.test.ts',
  'test/real/codex.test.ts',
  'test/guard/gate.test.ts',
  'test/processes/interleave.test.ts',
  'test/store/git/projection.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.includes(relative(this.ctx.config.root, moduleId));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
