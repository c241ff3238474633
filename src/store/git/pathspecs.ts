/** Our patterns as git's. */
import { isResource } from '../../domain/pattern/resource.ts';

/**
 * Our patterns are git's with `glob` and `top`; each also means what lies below it. A resource is no file: where nothing
 * is left, git must not be asked, because no pathspec at all means every path to it.
 */
export function pathspecs(paths: readonly string[]): string[] {
  return paths
    .filter((path) => !isResource(path))
    .flatMap((path) =>
      path.endsWith('/**') ? [`:(top,glob)${path}`] : [`:(top,glob)${path}`, `:(top,glob)${path}/**`],
    );
}
