/** Who may speak to the page's server, by the built command over real HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PagePlace } from './page-place.ts';

let place: PagePlace;
let base: string;
beforeAll(async () => {
  place = new PagePlace();
  place.run('start');
  await place.serve();
  base = await place.base();
});
afterAll(() => place.remove());

test('the address leads on to the page without its token, which is a cookie that no script sees', async () => {
  const { status, headers } = await place.askPlainly(`/?token=${place.token}`);
  expect(status).toBe(303);
  expect(headers.location).toMatch(/^\/[0-9a-f]{16}\/$/);
  expect(headers['set-cookie']).toEqual([
    `intercom=${place.token}; Path=${headers.location}; HttpOnly; SameSite=Strict`,
  ]);
});

test('who comes from another site is sent on by the page itself, or the browser would keep the cookie back', async () => {
  const { status, headers } = await place.askPlainly(`/?token=${place.token}`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect({ status, refresh: headers.refresh, location: headers.location }).toEqual({
    status: 200,
    refresh: `0; url=${base}`,
    location: undefined,
  });
});

test('the files of the page are there, each of its type', async () => {
  for (const [name, type, part] of [
    ['', 'text/html', '<main>'],
    ['page.js', 'text/javascript', 'EventSource'],
    ['page.css', 'text/css', 'prefers-color-scheme'],
    ['icon.svg', 'image/svg+xml', '<svg'],
  ] as const) {
    const { status, headers, body } = await place.ask(base + name);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: expect.stringContaining(type) });
    expect(body).toContain(part);
  }
});

test('every answer says what a browser may do with it', async () => {
  const answers = [
    await place.ask(base),
    await place.askPlainly('/'),
    await place.askPlainly(`/?token=${place.token}`),
  ];
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
      ),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
  }
});

test.each(['/', '/?token=', '/?token=wrong', '/events', '/page.js'])(
  '%s is not answered without the token',
  async (path) => {
    expect(await place.askPlainly(path)).toMatchObject({
      status: 401,
      body: 'This page wants its token: open the address that git intercom ui printed.\n',
    });
  },
);

test.each(['', 'events', 'page.js', 'act'])('the cookie is asked for at %s', async (name) => {
  for (const cookie of ['', 'intercom=', 'intercom=wrong', `other=${place.token}`]) {
    expect(await place.ask(base + name, { headers: { cookie } })).toMatchObject({ status: 401 });
  }
});

test('the cookie among others is found', async () => {
  expect(await place.ask(base, { headers: { cookie: `a=b; intercom=${place.token}; c` } })).toMatchObject({
    status: 200,
  });
});

test.each(['evil.example.com', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example.com'])(
  'a request for the host %s is refused, whatever it brings',
  async (host) => {
    expect(await place.ask(base, { headers: { host } })).toMatchObject({ status: 403 });
    expect(await place.askPlainly(`/?token=${place.token}`, { headers: { host } })).toMatchObject({ status: 403 });
  },
);

test('a page of another origin, and of another port here, is refused', async () => {
  for (const origin of ['https://evil.example.com', 'null', 'http://127.0.0.1:1', `https://${place.host}`]) {
    expect(
      await place.act({ act: 'ack', ids: ['a'] }, { headers: { ...(await place.own('POST')), origin } }),
    ).toMatchObject({ status: 403 });
    expect(await place.ask(`${base}events`, { headers: { origin } })).toMatchObject({ status: 403 });
  }
});

test('an act without an origin, or not as JSON, is refused: a form of another page sends such', async () => {
  const { origin: _origin, ...rest } = await place.own('POST');
  const path = `${base}act`;
  expect(await place.askPlainly(path, { method: 'POST', headers: rest, body: '{}' })).toMatchObject({ status: 403 });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    expect(await place.act('{}', { headers: { 'content-type': type } })).toMatchObject({ status: 415 });
  }
});

test.each(['PUT', 'DELETE', 'OPTIONS', 'POST'])('%s is not understood at the page', async (method) => {
  expect(await place.ask(base, { method })).toMatchObject({ status: 405 });
});

test('there is nothing beside the page, nor above it', async () => {
  for (const name of ['nothing', '../../package.json', '%2e%2e/bin.cjs', 'page.html', '//evil.example.com/']) {
    const { status } = await place.ask(base + name);
    expect([401, 404]).toContain(status);
  }
});
