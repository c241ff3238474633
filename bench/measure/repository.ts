/** Repositories in the temporary folder that scripts/bench.mjs makes for a run, and removes after it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function makeRepository(): string {
  const dir = mkdtempSync(join(tmpdir(), 'repository-'));
  git(dir, ['init', '--quiet', '--initial-branch=main']);
  return dir;
}

/** Nobody reads what a benchmark sends; as a policy file has it. */
export const roomyInboxes = 'inbox:\n  perSender: 1000\n';

export function allowManyUnread(dir: string): void {
  mkdirSync(join(dir, '.intercom'), { recursive: true });
  writeFileSync(join(dir, '.intercom', 'config.yaml'), roomyInboxes);
}

const removalsMax = 50;

/** Packing in the background, which ends by itself, may still write there. */
export async function removeRepository(dir: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(dir, { recursive: true, force: true });
    } catch (cause) {
      if (attempt === removalsMax) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** What the real git answers. Throws where it fails. */
export function git(dir: string, args: readonly string[], input?: string | Uint8Array): string {
  const output = execFileSync('git', args, { cwd: dir, input, stdio: 'pipe', maxBuffer: 2 ** 30 });
  return output.toString('utf8').trim();
}
