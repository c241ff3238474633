/**
 * Rules of the source text that no linter knows. Each takes text and returns findings, sentences that name the file and
 * the way on; none reads a file, so that each can be shown to go red on a bad sample.
 */
import { posix } from 'node:path';
import { build, transform } from 'esbuild';

export interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Layer {
  /** A folder that ends in a slash, or one file. */
  readonly place: string;
  /** What it may import at run time beside itself: folders, files, `node:`. Packages have a table of their own. */
  readonly mayImport: readonly string[];
}

export function lengthFindings(source: Source, linesMax: number): string[] {
  const lines = source.text.replace(/\n$/, '').split('\n').length;
  return lines > linesMax ? [`${source.path} has ${lines} lines, at most ${linesMax}: split it by idea.`] : [];
}

export function medianLines(sources: readonly Source[]): number {
  const lines = sources.map(({ text }) => text.replace(/\n$/, '').split('\n').length).sort((a, b) => a - b);
  return lines[Math.floor((lines.length - 1) / 2)] ?? 0;
}

const emptyNames = /^(.+-)?(utils?|helpers?|misc|managers?|services?)$|^commons?$/i;

export function nameFindings(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => emptyNames.test(segment.replace(/\..*$/, '')))
    .map((segment) => `${path}: "${segment}" says nothing. Name it by a noun or verb of the glossary.`);
}

// Joined here so that this file does not find itself.
const leftover = new RegExp(`\\b(${['TO-DO', 'FIX-ME', 'X-XX', 'HA-CK'].join('|').replaceAll('-', '')})\\b`);

export function leftoverFindings(source: Source): string[] {
  return findingsByLine(source, (line) => {
    const word = leftover.exec(line)?.[1];
    return word === undefined ? undefined : `${word} is left over. Do it, or write an issue.`;
  });
}

export function skippedTestFindings(source: Source): string[] {
  const lines = source.text.split('\n');
  return findingsByLine(source, (line, index) => {
    const marker = /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(only|skip|todo|skipIf)\b/.exec(line)?.[1];
    if (marker === 'skipIf') {
      const explained = line.includes('//') || /^\s*(\/\/|\*)/.test(lines[index - 1] ?? '');
      return explained ? undefined : 'skipIf without a comment that says why, on this line or the one before.';
    }
    if (marker !== undefined)
      return `.${marker} hides tests. Assert what is true today, or use ctx.skip with a reason.`;
    return /\bskip\(\s*\)/.test(line) ? 'skip without a reason. Say why: ctx.skip("no git 2.45 here").' : undefined;
  });
}

function findingsByLine(source: Source, judge: (line: string, index: number) => string | undefined): string[] {
  return source.text.split('\n').flatMap((line, index) => {
    const finding = judge(line, index);
    return finding === undefined ? [] : [`${source.path}:${index + 1} ${finding}`];
  });
}

const insteadOfImpure: Readonly<Record<string, string>> = {
  'Date.now': 'take ctx.now',
  'Math.random': 'take ctx.newId',
  crypto: 'take ctx.newId',
  process: 'take what you need as an argument; open.ts reads the environment',
  fetch: 'return what to send; an adapter sends it',
  performance: 'take ctx.now',
  setTimeout: 'return the instant to wait for',
  setInterval: 'return the instant to wait for',
  console: 'return what to say',
  require: 'import it',
};

/** Finds clock, chance and environment by letting esbuild rename the globals: it knows text, comments and local names. */
export async function impurityFindings(source: Source): Promise<string[]> {
  const markerOf = (name: string) => `__impure_${name.replace('.', '_')}`;
  const names = [...Object.keys(insteadOfImpure), 'Date'];
  const { code } = await transform(source.text, {
    loader: 'ts',
    define: Object.fromEntries(names.map((name) => [name, markerOf(name)])),
    legalComments: 'none',
  });
  const findings = Object.entries(insteadOfImpure)
    .filter(([name]) => new RegExp(`\\b${markerOf(name)}\\b`).test(code))
    .map(([name, instead]) => `${source.path} is not pure: ${name}. Instead, ${instead}.`);
  const readsClock = /\bnew __impure_Date\(\s*\)|(?<!new )\b__impure_Date\(/.test(code);
  return readsClock
    ? [...findings, `${source.path} is not pure: Date without an argument. Instead, take ctx.now.`]
    : findings;
}

export interface Import {
  readonly from: 'repository' | 'node' | 'npm';
  /** A path from the repository's root, `node:fs`, or the name of a package without a path in it. */
  readonly target: string;
}

/** What a file imports at run time: statically, dynamically or by require. */
export async function importsOf(source: Source): Promise<Import[]> {
  const specifiers = new Set<string>();
  await build({
    stdin: { contents: source.text, sourcefile: source.path, loader: source.path.endsWith('ts') ? 'ts' : 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [
      {
        name: 'collect',
        setup: ({ onResolve }) =>
          onResolve({ filter: /.*/ }, ({ path }) => {
            specifiers.add(path);
            return { path, external: true };
          }),
      },
    ],
  });
  return [...specifiers].sort().map((specifier) => importOf(specifier, posix.dirname(source.path)));
}

function importOf(specifier: string, folder: string): Import {
  if (specifier.startsWith('.')) return { from: 'repository', target: posix.join(folder, specifier) };
  if (specifier.startsWith('node:')) return { from: 'node', target: specifier };
  return { from: 'npm', target: /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier };
}

export function layerFindings(path: string, imports: readonly Import[], layers: readonly Layer[]): string[] {
  const layer = layers.find(({ place }) => lies(path, place));
  if (layer === undefined) return [`${path} lies in no layer. Move it, or add a row to the layer table.`];
  const allowed = [layer.place, ...layer.mayImport];
  return imports
    .filter(({ from, target }) => from !== 'npm' && !allowed.some((place) => lies(target, place)))
    .map(({ target }) => `${path} may not import ${target}. It may import ${allowed.join(', ')}, and types freely.`);
}

/** Finds a package that is imported away from its home, or that has none in the table. */
export function packageFindings(
  path: string,
  imports: readonly Import[],
  homes: Readonly<Record<string, readonly RegExp[]>>,
): string[] {
  return imports
    .filter(({ from, target }) => from === 'npm' && !homes[target]?.some((home) => home.test(path)))
    .map(
      ({ target }) =>
        `${path} may not import ${target}: ${homes[target]?.join(', ') ?? 'it has no home in the table'}.`,
    );
}

function lies(target: string, place: string): boolean {
  return target === place || (/[/:]$/.test(place) && target.startsWith(place));
}
