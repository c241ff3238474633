/** What a person calls themselves in git. */
import type { Repository } from './locate.ts';
import { runGit } from './run.ts';

/** `user.name` of the repository or, by git itself, of the person; undefined where there is none. */
export async function readUserName(repository: Repository): Promise<string | undefined> {
  const own = repository.config.get('user.name');
  if (own !== undefined && own !== '') return own;
  const { code, stdout } = await runGit(['config', 'user.name'], { gitDir: repository.commonDir });
  const name = stdout.toString('utf8').trim();
  return code === 0 && name !== '' ? name : undefined;
}
