/** Files of a patch that stands in the command line itself, mostly as a heredoc: `git apply <<'END'`. */
import { pathsInPatch } from '../patch.ts';

/** `text` is the whole command line. What is in a file, or comes through a pipe, is not known. */
export function patchedBy(name: string, words: readonly string[], text: string): string[] {
  const isTry = words.some((word) => /^--(?:check|dry-run|stat|numstat|summary|cached)$/.test(word));
  if (name === 'apply_patch' || name === 'applypatch') return pathsInPatch(text);
  const isApplying = name === 'patch' || (name === 'git' && words.includes('apply'));
  return isApplying && !isTry ? pathsInDiff(text) : [];
}

/** As `git diff` and `diff -u` write them. A line of content may begin with dashes as well, but never both lines. */
const headers = /^--- ([^\t\n]+).*\n\+\+\+ ([^\t\n]+)|^rename (?:from|to) (.+)$/gm;

function pathsInDiff(text: string): string[] {
  const found = [...text.matchAll(headers)].flatMap(([, before, after, renamed]) => [before, after, renamed]);
  const paths = found.flatMap((path) => (path === undefined ? [] : [path.trim().replace(/^[ab]\//, '')]));
  return [...new Set(paths)].filter((path) => path !== '/dev/null');
}
