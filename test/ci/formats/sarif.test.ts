import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf } from '../../../src/ci/files-of.ts';
import { formatReport, type ReportFacts } from '../../../src/ci/format.ts';
import type { CheckReport } from '../../../src/domain/check/finding.ts';
import { anyFacts, anyReport, facts, findingOf, fullReport, reportOf, ruleIds } from './model.ts';

// Draft-04 differs from the draft that ajv reads by the name of `id`, and by what this schema does not use.
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(new URL('fixtures/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

interface Message {
  readonly text: string;
}
interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: { readonly startLine: number };
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}
interface Run {
  readonly tool: { readonly driver: { readonly version: string; readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly { readonly message: Message }[] }];
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: Message }>>;
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: Message;
    readonly locations: readonly [Location];
    readonly relatedLocations: readonly Location[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}

function runOf(report: CheckReport, reportFacts: ReportFacts): Run {
  const log = JSON.parse(formatReport(report, 'sarif', reportFacts));
  expect(isValid(log) ? [] : isValid.errors).toEqual([]);
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

test('the schema refuses what is no SARIF', () => {
  const log = JSON.parse(formatReport(fullReport, 'sarif', facts));
  delete log.runs[0].results[0].message;
  expect(isValid(log)).toBe(false);
  log.runs[0].results = [];
  expect(isValid(log)).toBe(true);
  log.runs[0].invocations[0].endTimeUtc = 'yesterday';
  expect(isValid(log)).toBe(false);
});

test('a report of every rule is valid, and so is an empty one', () => {
  const run = runOf(fullReport, facts);
  expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(ruleIds);
  expect(run.results.map(({ ruleIndex }) => ruleIds[ruleIndex])).toEqual(ruleIds);
  expect(run.results.map(({ ruleId }) => ruleId)).toEqual(ruleIds);
  expect(run.results.map(({ level }) => level)).toEqual([
    ...Array(5).fill('warning'),
    ...Array(ruleIds.length - 5).fill('error'),
  ]);
  expect(runOf(reportOf([]), facts).results).toEqual([]);
});

test('a finding points at its first file; its other files and its record are related', () => {
  const [result] = runOf(reportOf([findingOf({ paths: ['src/**', 'a b.ts', 'c#d.ts'] })]), facts).results;
  expect(result?.locations.map(placeOf)).toEqual(['%SRCROOT% a%20b.ts']);
  expect(result?.relatedLocations.map(placeOf)).toEqual([
    '%SRCROOT% c%23d.ts',
    'COORDINATION .intercom/claims/0123456789abcdef.yaml',
  ]);
});

test('a finding on patterns points at its record and names them', () => {
  const [result] = runOf(reportOf([findingOf({ paths: ['src/**', 'port:80'] })]), facts).results;
  expect(result?.locations.map(placeOf)).toEqual(['COORDINATION .intercom/claims/0123456789abcdef.yaml']);
  expect(result?.locations[0].logicalLocations).toEqual([
    { fullyQualifiedName: 'src/**' },
    { fullyQualifiedName: 'port:80' },
  ]);
});

test('a finding is recognised again by its rule and its record, whatever it says today', () => {
  const fingerprintsOf = (...findings: Parameters<typeof findingOf>[0][]) =>
    runOf(reportOf(findings.map(findingOf)), facts).results.map((result) => result.partialFingerprints);
  const [today] = fingerprintsOf({ what: 'It ran out 2h ago.' });
  expect(fingerprintsOf({ what: 'It ran out 3h ago.', paths: ['other.ts'] })).toEqual([today]);
  const others = fingerprintsOf({}, { rule: 'too-old' }, { id: 'f'.repeat(16) }, {});
  expect(others[0]).toEqual(today);
  expect(new Set(others.map((each) => JSON.stringify(each))).size).toBe(4);
  const unnamed = fingerprintsOf({ id: '', record: 'a.yaml' }, { id: '', record: 'b.yaml' });
  expect(unnamed[0]).not.toEqual(unnamed[1]);
  expect(fingerprintsOf({ id: '', record: 'b.yaml' })).toEqual([unnamed[1]]);
});

test('any text comes back as it was, without a placeholder or a link', () => {
  fc.assert(
    fc.property(anyReport, anyFacts, (report, anyOf) => {
      const run = runOf(report, anyOf);
      expect(run.tool.driver.version).toBe(anyOf.version);
      expect(shown(run.originalUriBaseIds.COORDINATION?.description)).toBe(`The tree of ${anyOf.ref}.`);
      expect(run.invocations[0].toolExecutionNotifications.map(({ message }) => shown(message))).toEqual(report.unseen);
      expect(run.results).toHaveLength(report.findings.length);
      for (const [at, finding] of report.findings.entries()) {
        const result = run.results[at] as Run['results'][number];
        const { rule, what, ...rest } = finding;
        expect(result.ruleId).toBe(rule);
        expect(shown(result.message)).toBe(`${what} ${finding.next}`);
        expect(result.properties).toEqual(rest);
        const files = filesOf(finding);
        const places = [...result.locations, ...result.relatedLocations].map(({ physicalLocation }) => {
          const { uri, uriBaseId } = physicalLocation.artifactLocation;
          expect(uri).toMatch(/^(?:[A-Za-z0-9\-._~!*'()/]|%[0-9A-F]{2})*$/);
          return [uriBaseId, decodeURIComponent(uri)];
        });
        const record = ['COORDINATION', finding.record.replace(/\p{Surrogate}/gu, '\ufffd')];
        expect(places).toEqual([...files.map((file) => ['%SRCROOT%', file]), record]);
      }
    }),
    { numRuns: 500 },
  );
});

function placeOf({ physicalLocation: { artifactLocation } }: Location): string {
  return `${artifactLocation.uriBaseId} ${artifactLocation.uri}`;
}

/** What a viewer shows of a message, by §3.11.3, §3.11.5 and §3.11.6 of the standard. */
function shown(message: Message | undefined): string {
  const text = message?.text ?? '';
  expect(text).not.toMatch(/\[(?:[^\\[\]]|\\[\\[\]])*\]\(/);
  expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
  return text
    .replaceAll('{{', '{')
    .replaceAll('}}', '}')
    .replace(/(\\+)\]\(/g, (_, run: string) => `${run.slice(0, (run.length - 1) / 2)}](`);
}
