/** What `find … -delete` and `find … -exec rm {} +` write: the files below its folders that have the name it asks for. */
import { posix } from 'node:path';
import type { Written } from './words.ts';

/** Tests that are understood, or narrow nothing; with any other it is not known which files are meant. */
const known = new Set(['-type', '-name', '-depth', '-print', '-print0', '-delete', '-exec', '-o', '-or']);
const valued = new Set(['-type', '-name']);

export function findWrites(
  words: readonly string[],
  writtenBy: (name: string, words: readonly string[]) => Written,
): Written {
  const first = words.findIndex((word) => /^[-(!]/.test(word));
  const rest = first < 0 ? [] : words.slice(first);
  const names: string[] = [];
  const commands: (readonly string[])[] = [];
  let isDeleting = false;
  for (let n = 0; n < rest.length; n++) {
    const word = rest[n] as string;
    if (word === '(' || word === ')') continue;
    if (!known.has(word)) return {};
    if (word === '-delete') isDeleting = true;
    if (word === '-name') names.push(rest[n + 1] ?? '');
    if (valued.has(word)) n++;
    if (word !== '-exec') continue;
    const end = rest.findIndex((each, at) => at > n && (each === ';' || each === '+'));
    commands.push(rest.slice(n + 1, end < 0 ? undefined : end));
    n = end < 0 ? rest.length : end;
  }
  const roots = first === 0 || words.length === 0 ? ['.'] : words.slice(0, first < 0 ? undefined : first);
  const found = roots.flatMap((root) =>
    names.length === 0 ? [root] : names.map((name) => posix.join(root, '**', name)),
  );
  const written = commands.flatMap(([name = '', ...behind]) => writtenBy(name, behind).paths ?? []);
  const paths = written.flatMap((path) => (path.includes('{}') ? found.map((each) => path.replace('{}', each)) : path));
  return { paths: [...(isDeleting ? found : []), ...paths] };
}
