/**
 * The same records by git's own plumbing, one process a step: what a shell script without this package would do.
 *
 * Each writer has an index of its own, and tries again when it lost the race for the ref, or when `git gc` took a
 * folder away under it. The blobs are written once an operation, not once a try. `core.fsync=all` makes git wait for
 * the disk as the store does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimPath, fencePath } from '../../src/domain/record/path.ts';
import { encodeRecord } from '../../src/store/records.ts';
import { newPlacement } from './placement.ts';
import { claimRecord, fenceRecord } from './records.ts';

const script = `
export GIT_INDEX_FILE="$PWD/.git/index-$1" GIT_AUTHOR_NAME=Agent GIT_AUTHOR_EMAIL=agent@intercom.invalid
export GIT_COMMITTER_NAME=Agent GIT_COMMITTER_EMAIL=agent@intercom.invalid
wanted() { kill -0 $PPID 2>/dev/null || exit 1; }
durably() { git -c core.fsync=all "$@"; }
once() {
  tip=$(git rev-parse refs/heads/intercom) &&
    git read-tree "$tip" &&
    printf '100644 %s\\t%s\\n' "$blob" "$path" "$fence" .intercom/fence.yaml | durably update-index --index-info &&
    tree=$(durably write-tree) &&
    commit=$(durably commit-tree -m "claim $path" -p "$tip" "$tree") &&
    durably update-ref refs/heads/intercom "$commit" "$tip"
} 2>/dev/null
while read -r claim path; do
  until blob=$(durably hash-object -w "$claim" 2>/dev/null); do wanted; done
  until fence=$(durably hash-object -w "$claim.fence" 2>/dev/null); do wanted; done
  until once; do wanted; done
done
`;

/** One operation: the file with the record, and the path where it belongs on the branch. */
type Line = string;

export interface PlumbingFloor {
  /** Milliseconds for the next so many operations of each writer, all of them at once. */
  run(operationsEach: number): Promise<number>;
}

export function openPlumbingFloor(dir: string, writers: number): PlumbingFloor {
  const place = newPlacement();
  place(fencePath);
  const records = mkdtempSync(join(tmpdir(), 'records-'));
  let count = 0;
  const nextLine = (): Line => {
    const nowMs = Date.now();
    const claim = claimRecord(count++, nowMs);
    const file = join(records, claim.id);
    writeFileSync(file, encodeRecord(claim));
    writeFileSync(`${file}.fence`, encodeRecord(fenceRecord(count, nowMs)));
    return `${file} ${place(claimPath(claim.id))}\n`;
  };
  return {
    run: async (operationsEach) => {
      const work = Array.from({ length: writers }, () => Array.from({ length: operationsEach }, nextLine).join(''));
      const start = performance.now();
      await Promise.all(work.map((lines, writer) => write(dir, writer, lines)));
      return performance.now() - start;
    },
  };
}

async function write(dir: string, writer: number, lines: string): Promise<void> {
  const shell = spawn('sh', ['-c', script, 'sh', String(writer)], { cwd: dir, stdio: ['pipe', 'ignore', 'inherit'] });
  shell.stdin.end(lines);
  const [code] = await once(shell, 'close');
  if (code !== 0) throw new Error(`a writer of the floor ended with code ${code}`);
}
