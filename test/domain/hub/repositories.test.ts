/** Which repository is meant by what somebody typed, and how the others' paths read. */
import { describe, expect, test } from 'vitest';
import { readableText, readableValue } from '../../../src/domain/hub/readable.ts';
import { typedPath } from '../../../src/domain/hub/repositories.ts';

const client = 'client~00000001';
const server = 'server~1f3a9c20';
const api = 'api~aaaaaaaa';
const otherApi = 'api~bbbbbbbb';
const all = [client, server, api, otherApi];

const meant = (text: string) => {
  const result = typedPath(text, all);
  return result.ok ? result.path : result.refusal;
};

describe('what is typed', () => {
  test.each([
    ['server:src/auth.ts', `${server}:/src/auth.ts`],
    ['server:/src/auth.ts', `${server}:/src/auth.ts`],
    ['server:', `${server}:/**`],
    ['client:src', `${client}:/src`],
    [`${otherApi}:src`, `${otherApi}:/src`],
    ['old-name~1f3a9c20:src', `${server}:/src`],
    ['src/auth.ts', 'src/auth.ts'],
    ['port:5432', 'port:5432'],
    ['deploy:staging', 'deploy:staging'],
  ])('%s means %s', (typed, path) => expect(meant(typed)).toBe(path));

  test('a name that two repositories have is refused, with both keys', () => {
    expect(meant('api:src')).toMatchObject({ code: 'ambiguous', data: { nearest: [api, otherApi] } });
  });

  test('a slip of the pen becomes no resource', () => {
    expect(meant('sevrer:src/auth.ts')).toMatchObject({ next: 'Did you mean server:src/auth.ts?' });
    expect(meant('nobody~99999999:src')).toMatchObject({ code: 'ambiguous' });
    expect(meant('zzzzzzzz:src/auth.ts')).toMatchObject({ code: 'ambiguous', data: { nearest: [] } });
    expect(meant('zzzzzzzz:Makefile.am')).toMatchObject({ code: 'ambiguous' });
  });
});

describe('what is read', () => {
  const read = (text: string) => readableText(text, client, all);

  test('own paths are plain, those of others have a name', () => {
    expect(read(`${client}:/src/auth.ts and ${server}:/src/**`)).toBe('src/auth.ts and server:src/**');
    expect(read(`claim '${server}:/a b' (ada)`)).toBe("claim 'server:a b' (ada)");
  });

  test('of two with one name the key is shown, so that it can be typed again', () => {
    expect(read(`${api}:/src`)).toBe('api~aaaaaaaa:src');
  });

  test('what is a file at home is no resource in what is shown', () => {
    expect(read(`${client}:/./port:80`)).toBe('./port:80');
    expect(read(`${server}:/./port:80`)).toBe('server:port:80');
  });

  test('other texts stay', () => {
    for (const text of ['https://example.org/a', 'x~12345678:/y', 'a~b', 'C:/x', 'no colon'])
      expect(read(text)).toBe(text);
  });

  test('in plain data every text is read, and a key by itself is a name', () => {
    const value = { paths: [`${client}:/a`], repository: server, n: 1, none: null, deep: [{ why: `${server}:/b` }] };
    expect(readableValue(value, read)).toEqual({
      ...{ paths: ['a'], repository: 'server', n: 1, none: null, deep: [{ why: 'server:b' }] },
    });
  });
});
