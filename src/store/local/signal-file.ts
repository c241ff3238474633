/**
 * `.intercom/signal.md` of each work tree, where the policy wants it. Kept out of git by the repository's own
 * `info/exclude` (gitignore(5)), which no commit carries.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const signalFile = '.intercom/signal.md';
const excludeLine = '/.intercom/signal.md';

/** A work tree that cannot be written to goes without. */
export function writeSignal(commonDir: string, workTrees: readonly string[], text: string): void {
  exclude(commonDir);
  for (const workTree of workTrees) {
    const file = join(workTree, signalFile);
    const temporary = `${file}~${process.pid}`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(temporary, text);
      renameSync(temporary, file);
    } catch {
      rmSync(temporary, { force: true });
    }
  }
}

/** The files, and the line that kept them out; answers what was changed. */
export function removeSignal(commonDir: string, workTrees: readonly string[], isRehearsal: boolean): string[] {
  const changed: string[] = [];
  for (const workTree of workTrees) {
    const file = join(workTree, signalFile);
    if (read(file) === undefined) continue;
    changed.push(file);
    if (!isRehearsal) rmSync(file, { force: true });
  }
  const excludes = join(commonDir, 'info', 'exclude');
  const text = read(excludes);
  if (text?.split('\n').includes(excludeLine)) {
    changed.push(excludes);
    if (!isRehearsal) writeFileSync(excludes, text.replace(`${excludeLine}\n`, ''));
  }
  return changed;
}

function exclude(commonDir: string): void {
  const file = join(commonDir, 'info', 'exclude');
  const text = read(file) ?? '';
  if (text.split('\n').includes(excludeLine)) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${excludeLine}\n`);
  } catch {
    // Then git shows the file as untracked.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
