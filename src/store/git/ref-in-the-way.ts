/** git keeps no branch beside a folder of branches of its name: `intercom` and `intercom/x` cannot both be. */
import type { Repository } from './locate.ts';
import { packedInTheWay } from './packed-refs.ts';
import { readRef } from './refs.ts';
import { runGit } from './run.ts';

/** A ref that `ref`, which is not there, cannot be made beside. Where no git is installed only packed ones are known. */
export async function refInTheWay(repository: Repository, ref: string): Promise<string | undefined> {
  const parts = ref.split('/');
  for (let depth = 3; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    if ((await readRef(repository, folder)) !== null) return folder;
  }
  const asked = ['for-each-ref', '--count=1', '--format=%(refname)', `${ref}/`];
  const { code, stdout } = await runGit(asked, { gitDir: repository.commonDir });
  const below = code === 0 ? stdout.toString('utf8').trim() : '';
  if (below !== '') return below;
  return repository.refFormat === 'files' ? packedInTheWay(repository.commonDir, ref) : undefined;
}
