/**
 * SARIF 2.1.0, which code scanners read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * A finding points at the first file that it concerns. One about a pattern or a record points at the record, which lies
 * in the tree of the coordination branch: GitHub refuses a result without a location.
 */
import { createHash } from 'node:crypto';
import { type CheckFinding, type CheckReport, type CheckRule, checkRules } from '../domain/check/finding.ts';
import { filesOf } from './files-of.ts';
import type { ReportFacts } from './format.ts';
import { levels } from './levels.ts';
import { numbered } from './numbered.ts';
import { ruleHelp } from './rule-help.ts';

const code = '%SRCROOT%';
const records = 'COORDINATION';
const ruleIds = Object.keys(checkRules) as readonly CheckRule[];

export function formatSarif({ findings, unseen }: CheckReport, { version, nowIso, ref }: ReportFacts): string {
  const keys = findings.map(keyOf);
  const counts = numbered(keys);
  return JSON.stringify({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'git-intercom', version, rules: ruleIds.map(ruleOf) } },
        automationDetails: { id: 'git-intercom/check/' },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: nowIso,
            toolExecutionNotifications: unseen.map((sentence) => ({ level: 'warning', message: messageOf(sentence) })),
          },
        ],
        originalUriBaseIds: {
          [code]: { description: messageOf('The top of the repository.') },
          [records]: { description: messageOf(`The tree of ${ref}.`) },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding, at) => resultOf(finding, `${keys[at]}:${counts[at]}`)),
      },
    ],
  });
}

function ruleOf(id: CheckRule) {
  const { title, gravity } = checkRules[id];
  const { means, next } = ruleHelp[id];
  return {
    id,
    shortDescription: messageOf(title),
    fullDescription: messageOf(means),
    help: messageOf(`${means} ${next}`),
    defaultConfiguration: { level: levels[gravity] },
    properties: { tags: ['coordination', gravity] },
  };
}

function resultOf(finding: CheckFinding, fingerprint: string) {
  const { rule, gravity, what, next, id, agent, paths, record } = finding;
  const [first, ...further] = filesOf(finding);
  const ofRecord = locationOf(record, records);
  return {
    ruleId: rule,
    ruleIndex: ruleIds.indexOf(rule),
    level: levels[gravity],
    message: messageOf(`${what} ${next}`),
    locations: [
      first === undefined
        ? { ...ofRecord, logicalLocations: [...new Set(paths)].map((pattern) => ({ fullyQualifiedName: pattern })) }
        : locationOf(first, code),
    ],
    relatedLocations: [
      ...further.map((file) => locationOf(file, code)),
      ...(first === undefined ? [] : [{ ...ofRecord, message: messageOf('The record.') }]),
    ],
    // GitHub knows only the first name, and would otherwise take a hash of the line that the result points at.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'intercomFinding/v1': fingerprint },
    properties: { gravity, id, agent, paths, record, next },
  };
}

/** What a finding is about, for as long as it stays: neither its words nor the paths of a growing change. */
function keyOf({ rule, id, record }: CheckFinding): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, id || record]))
    .digest('hex');
}

/** Viewers want a line; a claim is about the whole file. */
function locationOf(path: string, uriBaseId: string) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path), uriBaseId }, region: { startLine: 1 } } };
}

function uriOf(path: string): string {
  const wellFormed = path.replace(/\p{Surrogate}/gu, '\ufffd');
  return wellFormed.split('/').map(encodeURIComponent).join('/');
}

/** Plain text as §3.11 has it: braces are doubled, and `[a](b)`, which would be a link, is kept from being one. */
function messageOf(text: string) {
  const withoutLinks = text.replace(/(\\*)\]\(/g, '$1$1\\](');
  return { text: withoutLinks.replace(/[{}]/g, '$&$&') };
}
