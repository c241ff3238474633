/** The skill is held against the tools and commands that it names. */
import { readFileSync } from 'node:fs';
import { parse } from 'shell-quote';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { parseWords } from '../../src/cli/words.ts';
import { chosenTools } from '../../src/mcp/tools/index.ts';

const text = readFileSync(new URL('../../hooks/skill/SKILL.md', import.meta.url), 'utf8');
const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);
const lines = [...text.matchAll(/git intercom ([a-z][^`\n]*)/g)].map(([, line]) => (line as string).replace(/'"$/, ''));

test.each([...new Set(lines)])('git intercom %s is a command with those options', (line) => {
  const [name, ...argv] = parse(line).map(String);
  const command = commands.find((row) => row.name === name);
  expect(commands.map((row) => row.name)).toContain(name);
  expect(() => parseWords(argv, command?.options ?? [], String(name))).not.toThrow();
});

test('each name in code is a tool, or what one is given', () => {
  const tools = chosenTools({ toolset: 'core', isReadOnly: false });
  const known = tools.flatMap(({ name, input }) => [name, ...Object.keys(input.shape)]);
  const names = new Set(spans.filter((span) => /^[a-z_]+$/.test(span)));
  expect(known).toEqual(expect.arrayContaining([...names].filter((name) => name !== 'intercom')));
  expect(names.size).toBeGreaterThan(10);
});

test('every core tool is named', () => {
  const tools = chosenTools({ toolset: 'core', isReadOnly: false }).map(({ name }) => name);
  expect(spans).toEqual(expect.arrayContaining(tools));
});

test('harnesses can read what it is for: a name, and a description within their bound', () => {
  const [, name, description = ''] = /^---\nname: (\S+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
  expect(name).toBe('intercom');
  expect(description.length).toBeGreaterThan(100);
  expect(description.length).toBeLessThan(1024);
});

test('the plugin of Claude Code brings the same skill', () => {
  const inPlugin = new URL('../../hooks/claude/intercom/skills/intercom/SKILL.md', import.meta.url);
  expect(readFileSync(inPlugin, 'utf8')).toBe(text);
});
