/**
 * What can be found out about claims whose lease is over: does the process of their session live, have their paths
 * changes that nobody committed. Only claims of this host can be judged.
 */
import { existsSync } from 'node:fs';
import type { Evidence } from '../../domain/decision.ts';
import { localPattern } from '../../domain/pattern/repository.ts';
import { agentPath } from '../../domain/record/path.ts';
import type { AgentRecord, ClaimRecord, ProcessEvidence } from '../../domain/record/record.ts';
import { processState } from '../local/process.ts';
import { pathspecs } from './pathspecs.ts';
import { runGit } from './run.ts';
import type { Snapshot } from './snapshot.ts';

/** Enough for one transaction; the next one looks at others. */
const claimsPerLookMax = 20;
const statusTimeoutMs = 5_000;

export async function gatherEvidence(
  snapshot: Snapshot,
  over: readonly ClaimRecord[],
  here: { readonly host: string; readonly ignoreCase: boolean },
): Promise<Map<string, Evidence>> {
  const evidence = new Map<string, Evidence>();
  for (const claim of over.filter((each) => each.host === here.host).slice(0, claimsPerLookMax)) {
    const { process, repository } = await snapshot.ask((view): Partial<AgentRecord> => {
      const agent = view.record(agentPath(claim.agent));
      return agent?.kind === 'agent' ? agent : {};
    });
    const state = process === undefined ? 'unknown' : stateOf(process);
    evidence.set(claim.id, {
      process: state,
      changes: state === 'dead' ? await changesOf(claim, repository, here) : 'unknown',
    });
  }
  return evidence;
}

function stateOf(process: ProcessEvidence): Evidence['process'] {
  return processState({ ...process });
}

/** Virtual resources and paths without a work tree cannot have changes; what git cannot say is unknown. */
async function changesOf(
  { worktree, paths: held }: ClaimRecord,
  repository: string | undefined,
  here: { readonly ignoreCase: boolean },
): Promise<Evidence['changes']> {
  const paths = held.flatMap((path) => localPattern(path, repository) ?? []);
  // Its work tree shows nothing of another repository.
  if (worktree === undefined || paths.length < held.length) return 'unknown';
  if (!existsSync(worktree)) return 'none';
  const specs = pathspecs(paths, here);
  if (specs.length === 0) return 'none';
  const status = await runGit(['status', '--porcelain', '--', ...specs], { cwd: worktree, timeoutMs: statusTimeoutMs });
  if (status.code !== 0) return 'unknown';
  return status.stdout.length === 0 ? 'none' : 'some';
}
