/**
 * The policy, for whoever has the time to ask git. Where neither this work tree nor the main one has the file, it is the
 * one of the default branch, or of another work tree; and where nobody ever wrote one but a remote has the coordination
 * branch, that remote is shared by. Found so, it is kept for those who cannot ask: guards, hooks and quick answers.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultPolicy, type Policy } from '../../domain/policy.ts';
import { withKey } from '../../domain/policy-file/edit.ts';
import { defaultPolicyFile } from '../../domain/policy-file/text.ts';
import { makeFolder, share } from '../local/shared-modes.ts';
import { type PolicyText, policyIn, readPolicy } from '../policy-file.ts';
import { policyFileName } from '../policy-file-name.ts';
import { committedPolicyFile, knownPolicyFile } from '../policy-place.ts';
import type { Repository } from './locate.ts';
import { readRefFile } from './ref-files.ts';
import { remotesIn } from './remotes.ts';
import { runGit } from './run.ts';
import { listWorktrees } from './worktrees.ts';

/** `mayNote`: what was found elsewhere is written down for others. Throws IntercomError as `readPolicy` does. */
export async function learnPolicy(repository: Repository, mayNote: boolean): Promise<Policy> {
  const { workTree } = repository;
  if (workTree === null || committedPolicyFile(repository) !== undefined) return readPolicy(repository);
  const found = (await onDefaultBranch(repository)) ?? (await inOtherWorkTree(repository)) ?? ofRemote(repository);
  if (mayNote) note(knownPolicyFile(repository), found?.bytes);
  return found === undefined ? defaultPolicy : policyIn(found, workTree);
}

/** Of a remote's before that of this clone: it may be far behind. One question for all of them. */
async function onDefaultBranch(repository: Repository): Promise<PolicyText | undefined> {
  const names = remoteNames(repository).flatMap((remote) =>
    ['HEAD', 'main', 'master'].map((branch) => `refs/remotes/${remote}/${branch}`),
  );
  const asked = [...names, 'refs/heads/main', 'refs/heads/master'].map((ref) => `${ref}:${policyFileName}`);
  const input = asked.map((each) => `${each}\n`).join('');
  const { commonDir } = repository;
  const answer = await runGit(['cat-file', '--batch'], { gitDir: commonDir, input, timeoutMs });
  const { stdout } = answer;
  let at = 0;
  for (const name of answer.code === 0 ? asked : []) {
    const head = stdout.subarray(at, stdout.indexOf(10, at)).toString('utf8');
    at += Buffer.byteLength(head) + 1;
    const length = /^[0-9a-f]+ (\w+) (\d+)$/.exec(head);
    if (length === null) continue;
    const bytes = stdout.subarray(at, at + Number(length[2]));
    if (length[1] === 'blob') return { file: name, bytes };
    at += bytes.length + 1;
  }
  return undefined;
}

const timeoutMs = 10_000;

async function inOtherWorkTree(repository: Repository): Promise<PolicyText | undefined> {
  for (const { path } of await listWorktrees(repository)) {
    const file = join(path, policyFileName);
    const bytes = read(file);
    if (bytes !== undefined) return { file, bytes };
  }
  return undefined;
}

/** Somebody shared the branch and did not commit the file that says so. */
function ofRemote(repository: Repository): PolicyText | undefined {
  const { commonDir } = repository;
  const has = (remote: string) => readRefFile(commonDir, `refs/remotes/${remote}/${defaultPolicy.branch}`) !== null;
  const remote = repository.refFormat === 'files' ? remoteNames(repository).find(has) : undefined;
  if (remote === undefined) return undefined;
  return {
    file: `refs/remotes/${remote}/${defaultPolicy.branch}`,
    bytes: Buffer.from(withKey(defaultPolicyFile, 'remote', remote)),
  };
}

function remoteNames({ config }: Repository): string[] {
  const names = remotesIn(config).map(({ name }) => name);
  return [...names.filter((name) => name === 'origin'), ...names.filter((name) => name !== 'origin')];
}

/** Quietly: a repository may be there for reading only. */
function note(file: string, bytes: Buffer | undefined): void {
  const before = read(file);
  if (bytes === undefined ? before === undefined : before?.equals(bytes)) return;
  const aside = `${file}~${process.pid}`;
  try {
    if (bytes === undefined) {
      rmSync(file, { force: true });
      return;
    }
    makeFolder(dirname(file));
    writeFileSync(aside, bytes);
    share(aside);
    renameSync(aside, file);
  } catch {
    rmSync(aside, { force: true });
  }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
