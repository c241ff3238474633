/** Where a proxy is set that git would go through. Without git nothing does, and nobody finds out otherwise why. */
import { type GitConfig, ownConfigTexts, parseConfig } from '../git/config.ts';
import type { Repository } from '../git/locate.ts';

/** As words of a sentence; undefined where none is set. */
export function whereProxyIsSet(
  url: string,
  env: NodeJS.ProcessEnv,
  { config }: Pick<Repository, 'config'>,
): string | undefined {
  const scheme = url.startsWith('https:') ? 'https' : 'http';
  const names = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY'];
  if (names.some((name) => (env[name] ?? '') !== '')) return 'the environment';
  // What the person's own includes is not followed.
  return [config, ...ownConfigTexts(env).map(parseConfig)].some(hasProxy) ? 'the configuration of git' : undefined;
}

/** `http.proxy`, that of one URL (`http.<url>.proxy`), and that of one remote. */
function hasProxy(config: GitConfig): boolean {
  return [...config].some(([key, value]) => /^(?:http|remote)\.(?:.+\.)?proxy$/.test(key) && value !== '');
}
