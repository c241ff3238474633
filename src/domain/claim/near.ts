/**
 * Which claims may hold a path, of many claims and for many paths: a commit may have a thousand files, and a repository
 * ten thousand claims. Most claims spell a path out, and are looked up by it; the rest is looked at for each path.
 */

/** A path spelled out: it means itself and what is below it. Others may, too, and are looked at one by one. */
const plainPath = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/;

const asciiText = /^[\x20-\x7e]*$/;

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
    if (!plainPath.test(pattern)) {
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
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.map((_, n) => names.slice(0, n + 1).join('/'));
}

function push(map: Map<string, number[]>, key: string, n: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [n]);
  else known.push(n);
}
