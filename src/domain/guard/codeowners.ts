/**
 * The CODEOWNERS file of a forge, for teams that want its owners warned of here as well (docs.github.com, "About code
 * owners": patterns as in gitignore, the last match counts, a pattern without owners has none).
 */
import type { Owner } from './owners.ts';

export function ownersInCodeowners(text: string): Owner[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    const [pattern = '', ...agents] = words;
    // `[section]` is of GitLab, and names no path.
    if (pattern === '' || pattern.startsWith('[') || pattern.startsWith('^[')) return [];
    return [{ paths: [fromTop(pattern.replaceAll('\\ ', ' '))], agents, why: 'CODEOWNERS' }];
  });
}

/** gitignore(5): a slash at the beginning or in the middle anchors a pattern, otherwise it matches at any depth. */
function fromTop(pattern: string): string {
  const path = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const isAnchored = pattern.replace(/\/$/, '').includes('/');
  if (path === '*') return '**';
  return isAnchored || path.startsWith('**/') ? path : `**/${path}`;
}
