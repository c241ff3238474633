/** Of every command that a rule names as the way on: a tool does it, and is named, or none does. */
import { expect, test } from 'vitest';
import { nextCall } from '../../src/mcp/next-call.ts';
import { toolCalls } from '../../src/mcp/tool-calls.ts';
import { chosenTools } from '../../src/mcp/tools/index.ts';
import { readSources } from '../tooling/sources.ts';

/** Told to people and hooks alone, by what no tool runs. */
const elsewhere =
  /^src\/(domain\/(guard|check|policy-file|secret)\/|operations\/(doctor|init|sync|remove|remote-findings|move-here|check|guard)\b)/;

const told = readSources(['src/domain', 'src/operations'])
  .filter(({ path }) => path.endsWith('.ts') && !elsewhere.test(path))
  .flatMap(({ path, text }) => sentencesIn(text).map((sentence) => [path, sentence] as const));

/** Texts of one line, `1` standing for what is put into them. */
function sentencesIn(source: string): string[] {
  return source
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
    .flatMap((line) => line.match(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g) ?? [])
    .map((literal) => literal.slice(1, -1).replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '1'))
    .filter((sentence) => /git intercom [a-z]|\B-(C|-[a-z])/.test(sentence));
}

const chosen = chosenTools({ toolset: 'full', isReadOnly: false });
const tools = chosen.map(({ name }) => name);

/** What is done to the machine, the clone or the branch, and no agent's business. */
const noTool =
  /git intercom (doctor( --fix)?|key( --new)?|--agent 1 status --here|knows|never|has|shows)\b|\bgit (log|add|push|fetch) .*/g;

test('there are such sentences', () => {
  expect(told.length).toBeGreaterThan(40);
});

test.each(told)('%s: %s', (_path, sentence) => {
  const call = nextCall(sentence, (tool) => tools.includes(tool));
  expect(call.replace(noTool, '')).not.toMatch(/git intercom [a-z]|(^|[\s(])-(C|-[a-z])/);
  for (const [, tool = ''] of call.matchAll(/the tool (\w+)/g)) expect(tools).toContain(tool);
});

/** Guards answer by hooks and by a tool, agents that have our tools and agents that have not: they name both. */
const guards = readSources(['src/domain/guard', 'src/operations/guard'])
  // Written for those who have neither hooks nor tools; and told to a person.
  .filter(({ path }) => !/\/(signal|confirm)\.ts$/.test(path))
  .flatMap(({ text }) => sentencesIn(text))
  .filter((sentence) => nextCall(sentence, (tool) => tools.includes(tool)) !== sentence);

test('there are such sentences of guards', () => {
  expect(guards.length).toBeGreaterThan(3);
});

test.each(guards)('of a guard: %s', (sentence) => {
  expect(sentence).toMatch(/\((tool \w+[^)]*|tools), or git intercom /);
});

test.each(toolCalls.filter(([, , call]) => / (with|to) /.test(call)).map(([tool, , call]) => [call, tool]))(
  '%s: the tool %s has these arguments',
  (call, tool) => {
    const [, given = ''] = /^the tool \w+(?: with)? (.*)$/.exec(call.replace('to $1 with', 'to $1 and')) ?? [];
    const names = given.split(/, | and /).map((each) => each.replace(/^(a|the|its) /, '').split(' ')[0]);
    expect(Object.keys(chosen.find(({ name }) => name === tool)?.input.shape ?? {})).toEqual(
      expect.arrayContaining(names),
    );
  },
);
