/**
 * Which claims may hold a path, of many claims and for many paths: a commit may have a thousand files, and a repository
 * ten thousand claims. Most claims spell a path out, and are looked up by it; the rest is looked at for each path.
 */

/** An empty name, a dot or two dots. */
const oddName = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** A path spelled out means itself and what is below it. Others may, too, and are looked at one by one. */
function isSpelledOut(pattern: string): boolean {
  return !special.test(pattern) && !oddName.test(pattern);
}

const special = /[^\w./-]/;
const asciiText = /^[\x20-\x7e]*$/;

/** Of many claims those that may hold one of these paths, or something below it. */
export function touchingAny<Held extends { readonly pattern: string }>(
  held: readonly Held[],
  paths: readonly string[],
  options: { readonly ignoreCase: boolean },
): readonly Held[] {
  const isNear = mayTouch(paths, options);
  return held.filter(({ pattern }) => isNear(pattern));
}

/**
 * Whether a claim on this pattern may hold one of these paths, or something below it; true for more than do, never for
 * fewer. Most claims of a large repository have nothing to do with a commit, and are passed over by this.
 */
export function mayTouch(
  paths: readonly string[],
  { ignoreCase }: { readonly ignoreCase: boolean },
): (pattern: string) => boolean {
  if (ignoreCase && !paths.every((path) => asciiText.test(path))) return () => true;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const wholes = new Set<string>();
  const above = new Set<string>();
  for (const path of paths) {
    const prefixes = prefixesOf(fold(path));
    for (const prefix of prefixes) above.add(prefix);
    wholes.add(prefixes[prefixes.length - 1] ?? '');
  }
  return (pattern) => {
    if (!isSpelledOut(pattern)) return true;
    const text = fold(pattern);
    return above.has(text) || isBelowAny(text, wholes);
  };
}

function isBelowAny(text: string, folders: ReadonlySet<string>): boolean {
  for (let end = text.lastIndexOf('/'); end > 0; end = text.lastIndexOf('/', end - 1)) {
    if (folders.has(text.slice(0, end))) return true;
  }
  return false;
}

/** In the order of `held`, no claim twice; more than those that hold the path, never fewer. */
export function nearTo<Held extends { readonly pattern: string }>(
  held: readonly Held[],
  { ignoreCase }: { readonly ignoreCase: boolean },
): (path: string) => readonly Held[] {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const spelled = new Map<string, number[]>();
  const below = new Map<string, number[]>();
  const others: number[] = [];
  for (const [n, { pattern }] of held.entries()) {
    if (!isSpelledOut(pattern)) {
      others.push(n);
      continue;
    }
    const folders = prefixesOf(fold(pattern));
    push(spelled, folders.pop() as string, n);
    for (const folder of folders) push(below, folder, n);
  }
  return (path) => {
    // What letters beyond ASCII are the same is for the pattern to say.
    if (ignoreCase && !asciiText.test(path)) return held;
    const prefixes = prefixesOf(fold(path));
    const whole = prefixes[prefixes.length - 1];
    const found = prefixes.flatMap((prefix) => spelled.get(prefix) ?? []);
    const deeper = whole === undefined ? [] : (below.get(whole) ?? []);
    return [...found, ...deeper, ...others].sort((a, b) => a - b).map((n) => held[n] as Held);
  };
}

/** `src/auth.ts` is `src` and `src/auth.ts`. */
function prefixesOf(path: string): string[] {
  const whole = oddName.test(path) ? namesIn(path).join('/') : path;
  const prefixes: string[] = [];
  for (let end = whole.indexOf('/'); end > 0; end = whole.indexOf('/', end + 1)) prefixes.push(whole.slice(0, end));
  if (whole !== '') prefixes.push(whole);
  return prefixes;
}

function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function push(map: Map<string, number[]>, key: string, n: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [n]);
  else known.push(n);
}
