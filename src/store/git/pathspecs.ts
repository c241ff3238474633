/** Our patterns as git's. */
import { isResource } from '../../domain/pattern/resource.ts';
import { withoutBraces } from '../../domain/pattern/without-braces.ts';

/**
 * Our patterns are git's with `glob` and `top`, once their braces are gone; each also means what lies below it. A resource
 * is no file: where nothing is left, git must not be asked, because no pathspec at all means every path to it.
 */
export function pathspecs(
  paths: readonly string[],
  { ignoreCase }: { readonly ignoreCase: boolean },
): readonly string[] {
  const magic = ignoreCase ? ':(top,glob,icase)' : ':(top,glob)';
  const spelled = paths.filter((path) => !isResource(path)).flatMap(withoutBraces);
  return spelled.flatMap((path) =>
    path.endsWith('/**') ? [`${magic}${path}`] : [`${magic}${path}`, `${magic}${path}/**`],
  );
}
