/** Object folders that a repository borrows from (gitrepository-layout(5), `objects/info/alternates`). */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** git itself ignores what is nested deeper. */
const depthMax = 5;

/** Of `objects/info/alternates`, and of theirs; each once. */
export function alternatesOf(objectsDir: string, depth = 0, seen = new Set<string>()): string[] {
  if (depth > depthMax) return [];
  return readLines(join(objectsDir, 'info', 'alternates')).flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const path = unquote(line);
    const dir = isAbsolute(path) ? path : resolve(objectsDir, path);
    if (seen.has(dir)) return [];
    seen.add(dir);
    return [dir, ...alternatesOf(dir, depth + 1, seen)];
  });
}

/** Of `GIT_ALTERNATE_OBJECT_DIRECTORIES`: between colons (semicolons on Windows), quoted where a name holds one. */
export function namedAlternates(named: string | undefined, cwd: string): string[] {
  if (!named) return [];
  const parts = named.match(new RegExp(`"(?:[^"\\\\]|\\\\.)*"|[^${delimiter}]+`, 'g')) ?? [];
  return parts.map((part) => resolve(cwd, unquote(part)));
}

/** For a git that we start: it finds the objects where we do. */
export function objectEnvironment(place: {
  readonly objectsDir: string;
  readonly alternates: readonly string[];
}): NodeJS.ProcessEnv {
  const { objectsDir, alternates } = place;
  if (alternates.length === 0) return { GIT_OBJECT_DIRECTORY: objectsDir };
  const named = alternates.map((dir) => `"${dir.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`);
  return { GIT_OBJECT_DIRECTORY: objectsDir, GIT_ALTERNATE_OBJECT_DIRECTORIES: named.join(delimiter) };
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** unquote_c_style of quote.c; a text without quotes around it is itself. Escaped bytes are UTF-8. */
function unquote(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  if (inner === undefined) return text;
  const bytes = [...inner.matchAll(/\\([0-3][0-7]{2})|\\(.)|([^\\]+)/gs)].map(([, octal, escaped, plain]) =>
    octal === undefined
      ? Buffer.from(plain ?? escapes[escaped as string] ?? (escaped as string))
      : Buffer.of(Number.parseInt(octal, 8)),
  );
  return Buffer.concat(bytes).toString('utf8');
}

function readLines(file: string): string[] {
  if (!existsSync(file)) return [];
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
