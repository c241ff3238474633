/** What is sent is small, as it stands on the wire: a page by default, and 32 kB at the most whatever was asked for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Connection, Place } from './place.ts';

const page = 8_000;
const most = 32_000;

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** In JSON these take more bytes than characters, and a line end takes two. */
const long = 'é"🦊"\n'.repeat(7_000);

async function withLongMail(): Promise<{ readonly place: Place; readonly server: Connection }> {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', 'full'] });
  await server.call('status', { text: 'tests' });
  for (let n = 0; n < 3; n++) expect(place.command('eve', 'send', 'ada', long).code).toBe(0);
  return { place, server };
}

test('long mail that rides along is cut, says so, and keeps the answer within a page and its own bound', async () => {
  const { server } = await withLongMail();
  const seen = new Set<string>();
  for (let n = 0; n < 3; n++) {
    const result = await server.client.callTool({ name: 'check_edit', arguments: { paths: ['src/a.ts'] } });
    expect(bytesOf(result)).toBeLessThan(page);
    const { unreadMail } = result.structuredContent as { unreadMail: { id: string; text: string; omitted: object }[] };
    expect(unreadMail).toHaveLength(1);
    expect(unreadMail[0]).toMatchObject({ omitted: { text: expect.any(Number) } });
    expect(JSON.stringify(result.content)).toContain('Cut here: peek has all of it.');
    seen.add(unreadMail[0]?.id ?? '');
  }
  expect(seen.size).toBe(3);
});

test('a message that is longer than a page comes whole, in parts on several pages', async () => {
  const { server } = await withLongMail();
  const texts = new Map<string, string>();
  for (let n = 1, pages = 1; n <= pages; n++) {
    const result = await server.client.callTool({ name: 'peek', arguments: { page: n } });
    expect(bytesOf(result)).toBeLessThan(page);
    const shown = result.structuredContent as { pages: number; messages: { id: string; text: string; part: string }[] };
    pages = shown.pages;
    for (const { id, text } of shown.messages) texts.set(id, (texts.get(id) ?? '') + text);
  }
  expect([...texts.values()].map((text) => text === long)).toEqual([true, true, true]);
});

test.each([['core'], ['full']])(
  'with the toolset %s a long attachment comes whole, on several pages of peek',
  async (set) => {
    const place = new Place();
    const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' }, words: ['--toolset', set] });
    await server.call('status', { text: 'tests' });
    const lines = Array.from({ length: 1_000 }, (_, n) => `export const line${n} = "${'x'.repeat(30)}";\n`).join('');
    writeFileSync(join(place.repo, 'src/long.ts'), lines);
    const sent = place.command('eve', 'send', 'ada', 'look', '--attach', 'src/long.ts').json.message;
    expect((await server.call('who')).text).toContain('Cut here: peek has all of it.');
    const texts: string[] = [];
    for (let n = 1, pages = 1; n <= pages; n++) {
      const result = await server.client.callTool({ name: 'peek', arguments: { page: n } });
      expect(bytesOf(result)).toBeLessThan(page);
      const shown = result.structuredContent as { pages: number; messages: { attachments: { text: string }[] }[] };
      pages = shown.pages;
      texts.push(...shown.messages.flatMap(({ attachments }) => attachments.map(({ text }) => text)));
    }
    expect(texts.join('')).toBe(sent.attachments[0].text);
  },
);

test('who on paths with much to tell comes whole, in pages that are within the bound', async () => {
  const place = new Place();
  const server = await place.connect({ env: { INTERCOM_AGENT: 'ada' } });
  const whys = Array.from({ length: 12 }, (_, n) => `${n} ${'split the login in two, '.repeat(20)}`.trim());
  for (const [n, why] of whys.entries()) await server.call('claim', { paths: [`src/new-${n}.ts`], why });
  const seen: string[] = [];
  const agents: string[] = [];
  for (let n = 1, pages = 1; n <= pages; n++) {
    const result = await server.client.callTool({ name: 'who', arguments: { paths: ['src', 'docs'], page: n } });
    expect(bytesOf(result)).toBeLessThan(page);
    const shown = result.structuredContent as {
      pages: number;
      paths: { path: string; claims: { why: string }[] }[];
      agents: { name: string }[];
    };
    pages = shown.pages;
    if (n < pages) expect(JSON.stringify(result.content)).toContain(`page: ${n + 1} has more.`);
    seen.push(...shown.paths.flatMap(({ claims }) => claims.map(({ why }) => why)));
    agents.push(...shown.agents.map(({ name }) => name));
  }
  expect(seen).toEqual(whys);
  expect([...new Set(agents)]).toEqual(['ada']);
});

test('what peek has not shown yet is not delivered, and comes with the next answer', async () => {
  const { place, server } = await withLongMail();
  const [first] = (await server.call('peek')).json.messages;
  const marks = place.command('ada', 'peek', '--no-mark').json.messages;
  const delivered = marks.filter(({ delivered }: { delivered: string | null }) => delivered !== null);
  expect(delivered.map(({ id }: { id: string }) => id)).toEqual([first.id]);
  const { json } = await server.call('who');
  expect(json.unreadMail[0].id).not.toBe(first.id);
});

test('no resource and no prompt is larger than 32 kB as it is sent', async () => {
  const { place, server } = await withLongMail();
  const { thread } = place.command('ada', 'peek').json.messages[0];
  const cut: string[] = [];
  for (const uri of ['intercom://inbox', `intercom://thread/${thread}`]) {
    const result = await server.client.readResource({ uri });
    expect(bytesOf(result)).toBeLessThan(most + 300);
    if (JSON.stringify(result).includes('omitted')) cut.push(uri);
  }
  for (const [name, given] of [['standup', {}] as const, ['hand-over', { to: 'eve' }] as const]) {
    const result = await server.client.getPrompt({ name, arguments: given });
    expect(bytesOf(result)).toBeLessThan(most + 300);
    if (JSON.stringify(result).includes('omitted')) cut.push(name);
  }
  expect(cut).toEqual(['intercom://inbox', `intercom://thread/${thread}`, 'standup', 'hand-over']);
});
