import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XmlDocument, XmlElement, XmlText, XsdValidator } from 'libxml2-wasm';
import { afterAll, expect, test } from 'vitest';
import { formatReport } from '../../../src/ci/format.ts';
import { type CheckReport, checkRules } from '../../../src/domain/check/finding.ts';
import { anyFacts, anyReport, facts, findingOf, fullReport, reportOf, ruleIds } from './model.ts';

const schema = XmlDocument.fromString(readFileSync(new URL('fixtures/jenkins-junit.xsd', import.meta.url), 'utf8'));
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
}

/** The whole document after validation, so that nothing in it goes unseen. */
function read(xml: string): Element {
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return elementOf(document.root);
  } finally {
    document.dispose();
  }
}

function elementOf(element: XmlElement): Element {
  const children: Element[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(elementOf(node));
    else if (node instanceof XmlText) text += node.content;
    else throw new Error(`a ${node.constructor.name} in a report`);
  }
  const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, unmarked(value)]));
  return { name: element.name, attributes, text: children.length > 0 ? text.trim() : unmarked(text), children };
}

/** The parser hands out short strings whole, and long ones without a leading U+FEFF: it takes it for a byte order mark. */
function unmarked(text: string): string {
  return text.replace(/^\ufeff+/, '');
}

function suiteOf(report: CheckReport, reportFacts = facts): Element {
  const root = read(formatReport(report, 'junit', reportFacts));
  expect(root.name).toBe('testsuites');
  expect(root.children).toHaveLength(1);
  return root.children[0] as Element;
}

const casesOf = (suite: Element) => suite.children.filter(({ name }) => name === 'testcase');

test('the schema refuses what is no JUnit', () => {
  expect(() => read('<testsuites><testcase name="a"/></testsuites>')).toThrow('not expected');
});

test('each rule without a finding is a test that passed', () => {
  const cases = casesOf(suiteOf(reportOf([])));
  expect(cases.map(({ attributes: { classname, name }, children }) => [classname, name, children])).toEqual(
    ruleIds.map((rule) => [`git-intercom.${rule}`, checkRules[rule].title, []]),
  );
});

test('each finding is a test that failed, and what was not looked at is one that was skipped', () => {
  const second = findingOf({ id: 'f'.repeat(16), agent: null, paths: [], record: 'claims/f.yaml' });
  const suite = suiteOf(reportOf([findingOf(), second], ['The clone is shallow.']));
  expect(suite.attributes).toMatchObject({ tests: `${ruleIds.length + 2}`, failures: '2', errors: '0', skipped: '1' });
  const cases = casesOf(suite);
  expect(cases).toHaveLength(ruleIds.length + 2);
  expect(cases[0]).toEqual({
    name: 'testcase',
    attributes: { classname: 'git-intercom.lease-over', name: 'src/auth.ts (bold-fox)', time: '0' },
    text: '',
    children: [
      {
        name: 'failure',
        attributes: { type: 'stale', message: 'The lease of bold-fox on src/auth.ts ran out 2h ago.' },
        text: 'Run git intercom release 0123456789abcdef --force --why "…".\n\nAgent: bold-fox\nId: 0123456789abcdef\nRecord: .intercom/claims/0123456789abcdef.yaml',
        children: [],
      },
    ],
  });
  expect(cases[1]?.attributes.name).toBe('claims/f.yaml');
  expect(cases.at(-1)?.attributes).toMatchObject({ classname: 'git-intercom.unseen', name: 'The clone is shallow.' });
  expect(cases.at(-1)?.children.map(({ name }) => name)).toEqual(['skipped']);
});

test('two findings of one name are two tests', () => {
  const names = casesOf(suiteOf(reportOf([findingOf(), findingOf()]))).map(({ attributes }) => attributes.name);
  expect(names.slice(0, 2)).toEqual(['src/auth.ts (bold-fox)', 'src/auth.ts (bold-fox) #2']);
});

test('a report of every rule is valid, and counts itself', () => {
  const suite = suiteOf(fullReport);
  expect(suite.attributes).toMatchObject({
    tests: `${ruleIds.length + 1}`,
    failures: `${ruleIds.length}`,
    skipped: '1',
  });
  expect(casesOf(suite)).toHaveLength(ruleIds.length + 1);
});

test('any text comes back, save the characters that XML cannot hold', () => {
  fc.assert(
    fc.property(anyReport, anyFacts, (report, anyOf) => {
      const suite = suiteOf(report, anyOf);
      const [properties, ...cases] = suite.children;
      expect(properties?.children.map(({ attributes }) => attributes)).toEqual([
        { name: 'version', value: held(anyOf.version) },
        { name: 'ref', value: held(anyOf.ref) },
        { name: 'claims', value: '3' },
        { name: 'records', value: '12' },
      ]);
      const failures = cases.flatMap(({ attributes, children }) =>
        children.filter(({ name }) => name === 'failure').map((failure) => ({ ...failure, of: attributes.classname })),
      );
      const byRule = ruleIds.flatMap((rule) => report.findings.filter((finding) => finding.rule === rule));
      expect(failures).toEqual(
        byRule.map(({ rule, gravity, what, next, agent, id, record }) => ({
          name: 'failure',
          attributes: { type: gravity, message: held(what) },
          text: held(`${next}\n\n${agent === null ? '' : `Agent: ${agent}\n`}Id: ${id}\nRecord: ${record}`).replace(
            /^\ufeff+/,
            '',
          ),
          children: [],
          of: `git-intercom.${rule}`,
        })),
      );
      const passed = ruleIds.filter((rule) => byRule.every((finding) => finding.rule !== rule));
      expect(cases).toHaveLength(byRule.length + passed.length + report.unseen.length);
      expect(cases.map(({ attributes }) => attributes.name ?? '')).toEqual(
        expect.arrayContaining(passed.map((rule) => checkRules[rule].title)),
      );
    }),
    { numRuns: 500 },
  );
});

/** https://www.w3.org/TR/xml/#charsets, by code points instead of a class of characters. */
function held(text: string): string {
  const chars = Array.from(text, (char) => {
    const code = char.codePointAt(0) as number;
    const isHeld =
      code === 0x9 ||
      code === 0xa ||
      code === 0xd ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd);
    return isHeld || code >= 0x10000 ? char : '\ufffd';
  });
  return unmarked(chars.join(''));
}
