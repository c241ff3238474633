/** Finds a repository, and asks git for its branch where the files do not tell. Hooks that must be quick go without. */
import { locateNow, type Repository, type Start } from './locate.ts';
import { runGit } from './run.ts';

export async function locate(start: Start): Promise<Repository> {
  const repository = locateNow(start);
  if (repository.refFormat === 'files') return repository;
  // There the file HEAD names `refs/heads/.invalid` (git-init(1), `--ref-format`).
  const { code, stdout } = await runGit(['symbolic-ref', '-q', 'HEAD'], { gitDir: repository.gitDir });
  const name = /^refs\/heads\/(.+)$/.exec(stdout.toString('utf8').trim())?.[1];
  return { ...repository, headBranch: code === 0 ? (name ?? null) : null };
}
