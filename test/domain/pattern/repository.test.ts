/** Paths of repositories that share a branch: the same exact overlap within one, none between two. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps } from '../../../src/domain/pattern/overlap.ts';
import { parsePattern } from '../../../src/domain/pattern/parse.ts';
import { localPattern, qualified, splitQualified } from '../../../src/domain/pattern/repository.ts';

const server = 'server~1f3a9c20';
const renamed = 'backend~1f3a9c20';
const client = 'client~00000001';

function parsed(text: string) {
  const result = parsePattern(text);
  if (!result.ok) throw new Error(result.reason);
  return result.pattern;
}
const meet = (a: string, b: string) => overlaps(parsed(a), parsed(b));

describe('a path of a repository', () => {
  test('is written with its key, and a resource is nobody’s', () => {
    expect(qualified('src/auth.ts', server)).toBe('server~1f3a9c20:/src/auth.ts');
    expect(qualified('port:5432', server)).toBe('port:5432');
    expect(qualified('src/auth.ts', null)).toBe('src/auth.ts');
    expect(qualified(`${server}:/a`, client)).toBe(`${server}:/a`);
  });

  test('meets its like in the same repository, whatever that is called', () => {
    expect(meet(`${server}:/src/auth.ts`, `${server}:/src/**/*.ts`)).toBe(true);
    expect(meet(`${server}:/src`, `${renamed}:/src/auth.ts`)).toBe(true);
    expect(meet(`${server}:/src/auth.ts`, `${server}:/docs`)).toBe(false);
  });

  test('meets nothing in another one, and no resource', () => {
    expect(meet(`${server}:/src/auth.ts`, `${client}:/src/auth.ts`)).toBe(false);
    expect(meet(`${server}:/**`, `${client}:/**`)).toBe(false);
    expect(meet(`${server}:/**`, 'port:5432')).toBe(false);
  });

  test('meets a path that was claimed before the repositories shared: nobody knows whose that is', () => {
    expect(meet(`${server}:/src/auth.ts`, 'src')).toBe(true);
    expect(meet(`${client}:/src/auth.ts`, 'src')).toBe(true);
  });

  test('may look like a resource, a URL or a path of a repository, and stays a path', () => {
    for (const odd of ['port:5432', 'https://x', `${client}:/x`]) {
      const { source, kind } = parsed(`${server}:/${odd}`);
      expect(kind).toBe('files');
      expect(parsed(source).source).toBe(source);
      expect(meet(source, `${client}:/x`)).toBe(false);
    }
  });

  test('leaves the repository neither by dots nor by being empty', () => {
    expect(parsePattern(`${server}:/../x`).ok).toBe(false);
    expect(parsePattern(`${server}:/`).ok).toBe(false);
    expect(parsed(`${server}:/./src//a/../b`).source).toBe(`${server}:/src/b`);
  });

  test('is plain at home, and nowhere else', () => {
    expect(localPattern(`${server}:/src`, renamed)).toBe('src');
    expect(localPattern(`${server}:/src`, client)).toBeUndefined();
    expect(localPattern('src', client)).toBe('src');
    expect(localPattern('port:5432', client)).toBe('port:5432');
  });
});

test('without a hub a folder with such a name is a folder', () => {
  const { source, repository } = parsed(`./${server}:/x`);
  expect(repository).toBeUndefined();
  expect(source).toBe(`./${server}:/x`);
  expect(splitQualified(source)).toBeUndefined();
});

const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '**', 'a*', '[ab]', '{a,b}', 'c:d', '.x'), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'))
  .filter((text) => parsePattern(text).ok && parsePattern(qualified(text, server)).ok);

test('within one repository patterns meet as they do where it is its own', () => {
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const [one, other] = [qualified(parsed(a).source, server), qualified(parsed(b).source, renamed)];
      expect(meet(one, other)).toBe(meet(a, b));
      expect(meet(one, qualified(parsed(b).source, client))).toBe(parsed(a).kind === 'resource' && meet(a, b));
    }),
  );
});

test('what is stored parses to itself, and is at home what it was', () => {
  fc.assert(
    fc.property(pattern, (text) => {
      const { source } = parsed(qualified(text, server));
      expect(parsed(source).source).toBe(source);
      const local = localPattern(source, server) as string;
      expect(parsed(local).source).toBe(parsed(text).source);
    }),
  );
});
