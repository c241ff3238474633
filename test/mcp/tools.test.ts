/** What a model is shown of the tools, and what that costs it. */
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { getEncoding } from 'js-tiktoken';
import { expect, test } from 'vitest';
import { chosenTools } from '../../src/mcp/tools/index.ts';
import { operations } from '../../src/operations/index.ts';
import { Place } from './place.ts';

async function listed(...words: string[]): Promise<{ readonly tools: readonly Tool[]; readonly instructions: string }> {
  const { client } = await new Place().connect({ words });
  return { tools: (await client.listTools()).tools, instructions: client.getInstructions() ?? '' };
}

const full = ['--toolset', 'full'];

test('the tools are listed as they were last agreed on', async () => {
  const { tools } = await listed(...full);
  await expect(`${tools.map(shown).join('\n\n')}\n`).toMatchFileSnapshot('tools.txt');
});

/** A tool as somebody reads it who reviews a change; all of it. */
function shown({ name, title, description, annotations, inputSchema, outputSchema, ...rest }: Tool): string {
  const { title: _title, ...hints } = annotations ?? {};
  return [
    `${name}: ${title}`,
    `  ${description}`,
    `  ${JSON.stringify(hints)}`,
    ...Object.keys(rest).map((key) => `  ${key}`),
    ...shownSchema('takes', inputSchema),
    ...shownSchema('gives', outputSchema ?? { type: 'object' }),
  ].join('\n');
}

function shownSchema(word: string, { properties = {}, ...rest }: Tool['inputSchema']): string[] {
  const parts = Object.entries(properties).map(([key, part]) => `    ${key} ${JSON.stringify(part)}`);
  return [`  ${word} ${JSON.stringify(rest)}`, ...parts];
}

test('whatever is answered in pages can be asked for by its page', () => {
  const paged = chosenTools({ toolset: 'full', isReadOnly: false }).filter(({ list }) => list !== undefined);
  expect(paged.length).toBeGreaterThan(3);
  for (const { name, input } of paged) expect(Object.keys(input.shape), name).toContain('page');
});

test('a name fits behind what clients put before it, and says with a title and hints what a call does', async () => {
  for (const { name, title, annotations } of (await listed(...full)).tools) {
    expect(name).toMatch(/^[a-z_]{1,24}$/);
    expect(title).toMatch(/^[A-Z].{1,30}$/);
    expect(annotations).toEqual({
      title,
      readOnlyHint: expect.any(Boolean),
      destructiveHint: expect.any(Boolean),
      idempotentHint: expect.any(Boolean),
      openWorldHint: false,
    });
  }
});

test('nothing is cut by a client: descriptions are below 2 kB, the instructions below 1.5', async () => {
  const { tools, instructions } = await listed(...full);
  expect(tools.filter(({ description = '' }) => description === '' || Buffer.byteLength(description) >= 2_000)).toEqual(
    [],
  );
  expect(Buffer.byteLength(instructions)).toBeGreaterThan(0);
  expect(Buffer.byteLength(instructions)).toBeLessThan(1_500);
});

test.each([[[]], [full], [['--read-only']], [[...full, '--read-only']]])(
  'with %j the instructions name no tool that is not there',
  async (words) => {
    const { tools, instructions } = await listed(...words);
    const there = tools.map(({ name }) => name);
    const others = (await listed(...full)).tools.map(({ name }) => name).filter((name) => !there.includes(name));
    // As a call: after a verb, or at the head of an advice.
    const named = (name: string) =>
      new RegExp(`\\b(?:call|with|use|then|or) ${name}\\b|: ${name}\\b|\\b${name} (?:with|to)\\b`);
    expect(others.filter((name) => named(name).test(instructions))).toEqual([]);
    expect(Buffer.byteLength(instructions)).toBeLessThan(1_500);
  },
);

test.each([
  [[], 750],
  [full, 1_300],
])('with %j the tools cost a model at most %i tokens', async (words, tokensMax) => {
  const encoding = getEncoding('o200k_base');
  const costs = (await listed(...words)).tools.map(({ name, description, inputSchema }) => ({
    name,
    tokens: encoding.encode(JSON.stringify({ name, description, inputSchema })).length,
  }));
  const sum = costs.reduce((total, { tokens }) => total + tokens, 0);
  expect(sum, JSON.stringify(costs)).toBeLessThanOrEqual(tokensMax);
});

test('the core is the first ten of all, in the order in which an agent needs them', async () => {
  const names = async (...words: string[]) => (await listed(...words)).tools.map(({ name }) => name);
  const core = await names();
  expect([...core].sort()).toEqual(
    ['who', 'claim', 'release', 'check_edit', 'send', 'ask', 'reply', 'peek', 'ack', 'status'].sort(),
  );
  expect((await names(...full)).slice(0, core.length)).toEqual(core);
});

test('a read-only server offers what reads, and peek, which then marks nothing', async () => {
  const { tools } = await listed(...full, '--read-only');
  expect(tools.map(({ name }) => name).sort()).toEqual(['check_edit', 'peek', 'read', 'read_spec', 'who']);
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
});

test('of a server that writes, reading and writing are never one tool, and peek writes', async () => {
  const { tools } = await listed(...full);
  const reading = tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name);
  expect(reading.sort()).toEqual(['check_edit', 'read', 'read_spec', 'who']);
});

/** One tool for several operations, to save tokens. */
const gathered = new Set(['read']);

test('every other tool has the name and the effect of an operation', async () => {
  const effects = Object.values(operations).map(({ name, effect }) => [name.replaceAll('-', '_'), effect]);
  const effectByName = new Map(effects as [string, string][]);
  for (const { name, annotations } of (await listed(...full)).tools) {
    if (gathered.has(name)) continue;
    expect([name, annotations?.readOnlyHint ? 'read' : 'write']).toEqual([name, effectByName.get(name)]);
  }
});
