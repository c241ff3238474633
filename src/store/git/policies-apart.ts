/** Work trees of one repository whose policies send their claims to different places: what `doctor` says of them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { readPolicy } from '../policy-file.ts';
import { policyFileName } from '../policy-file-name.ts';
import type { Finding } from '../port.ts';
import type { Repository } from './locate.ts';
import { listWorktrees } from './worktrees.ts';

/** A work tree without a file of its own follows another, and one whose file cannot be read is told there. */
export async function policiesApart(repository: Repository, here: Policy): Promise<Finding[]> {
  const { commonDir, workTree } = repository;
  if (workTree === null) return [];
  const others = (await listWorktrees(repository)).filter(
    ({ path }) => path !== workTree && existsSync(join(path, policyFileName)),
  );
  return others.flatMap(({ path }) => {
    const difference = differenceOf(here, policyAt({ commonDir, workTree: path }));
    if (difference === undefined) return [];
    const what = `The work tree ${path} coordinates ${difference}: neither of them sees what the other claims.`;
    return [{ level: 'warning', what, next: `Make ${policyFileName} say the same in both of them.` }];
  });
}

function policyAt(place: Parameters<typeof readPolicy>[0]): Policy | undefined {
  try {
    return readPolicy(place);
  } catch {
    return undefined;
  }
}

function differenceOf(here: Policy, there: Policy | undefined): string | undefined {
  if (there === undefined) return undefined;
  if (there.branch !== here.branch) return `on the branch ${there.branch}, and this one on ${here.branch}`;
  if (there.hub !== here.hub) return `${over(there, 'hub')}, and this one ${over(here, 'hub')}`;
  if (there.hub === null && there.remote !== here.remote)
    return `${over(there, 'remote')}, and this one ${over(here, 'remote')}`;
  return undefined;
}

function over(policy: Policy, kind: 'hub' | 'remote'): string {
  return policy[kind] === null ? `without a ${kind}` : `over the ${kind} ${policy[kind]}`;
}
