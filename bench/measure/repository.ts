/** Repositories in the temporary folder that scripts/bench.mjs makes for a run, and removes after it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function makeRepository(): string {
  const dir = mkdtempSync(join(tmpdir(), 'repository-'));
  git(dir, ['init', '--quiet', '--initial-branch=main']);
  return dir;
}

export function removeRepository(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}

/** What the real git answers. Throws where it fails. */
export function git(dir: string, args: readonly string[], input?: string | Uint8Array): string {
  const output = execFileSync('git', args, { cwd: dir, input, stdio: 'pipe', maxBuffer: 2 ** 30 });
  return output.toString('utf8').trim();
}
