/** Which repository formats can be served (gitrepository-layout(5), "Git Repository Format Versions"). */
import { IntercomError } from '../../domain/failure.ts';
import type { GitConfig } from './config.ts';

const understood = new Set([
  'noop',
  'preciousobjects',
  'partialclone',
  'worktreeconfig',
  'objectformat',
  'refstorage',
  'relativeworktrees',
]);

/** Known since version 1 only: git stops where they stand in a repository of version 0. */
const sinceVersion1 = ['objectformat', 'refstorage', 'compatobjectformat', 'relativeworktrees'];

/** Throws for sha256 and for extensions that nobody told us about: reading on would be guessing. */
export function checkFormat(config: GitConfig, commonDir: string): 'files' | 'reftable' {
  const version = Number(config.get('core.repositoryformatversion') ?? 0);
  if (version !== 0 && version !== 1) {
    const named = config.get('core.repositoryformatversion');
    throw unsupported(`has repository format version ${named}, and git intercom knows 0 and 1`, commonDir);
  }
  if (version === 0) {
    const early = sinceVersion1.find((name) => config.has(`extensions.${name}`));
    if (early === undefined) return 'files';
    throw unsupported(
      `uses the extension ${early}, which needs repository format version 1, and has version 0`,
      commonDir,
    );
  }
  if ((config.get('extensions.objectformat') ?? 'sha1').toLowerCase() !== 'sha1') {
    throw unsupported(
      `uses ${config.get('extensions.objectformat')} object names, and git intercom knows sha1 only`,
      commonDir,
    );
  }
  for (const key of config.keys()) {
    const extension = /^extensions\.(.+)$/.exec(key)?.[1];
    if (extension !== undefined && !understood.has(extension)) {
      throw unsupported(`uses the extension ${extension}, which this version does not know`, commonDir);
    }
  }
  const storage = config.get('extensions.refstorage') ?? 'files';
  if (storage === 'files' || storage === 'reftable') return storage;
  throw unsupported(`keeps its refs as ${storage}`, commonDir);
}

function unsupported(why: string, commonDir: string): IntercomError {
  return new IntercomError({
    code: 'unsupported-repository',
    message: `The repository ${commonDir} ${why}.`,
    next: 'Coordinate in a clone of another format, or look for a newer git-intercom.',
    data: { repository: commonDir },
  });
}
