/** `doctor`: what is wrong with the coordination of this repository, and what to do. */
import * as z from 'zod';
import { notLinear } from '../domain/check/not-linear.ts';
import { writtenForAnother } from '../domain/check/written-for-another.ts';
import { IntercomError } from '../domain/failure.ts';
import { agentsFolder, claimsFolder, folderOf, isOfNewerVersion } from '../domain/record/path.ts';
import type { AgentRecord } from '../domain/record/record.ts';
import { ended, listed, oneLine } from '../domain/text.ts';
import type { Finding } from '../store/port.ts';
import { done } from './answer.ts';
import { historyOf } from './check-history.ts';
import { clockFindings } from './clock-findings.ts';
import { defineOperation } from './define.ts';
import { remoteFindings } from './remote-findings.ts';
import { whyKeyIsLost } from './sealed/own-key.ts';
import type { Session } from './session.ts';

export const doctor = defineOperation({
  name: 'doctor',
  summary: 'Look the coordination of this repository over; with fix, mend what can be mended without loss.',
  effect: 'write',
  input: z.object({ fix: z.boolean().default(false) }),
  run: async ({ fix }, session) => {
    const flaws = policyFlaw(session);
    const isMending = fix && flaws.length === 0;
    const { mended, findings: failed } = isMending ? await repair(session) : { mended: [], findings: [] };
    // A branch that cannot be read is a finding of its own: `inspect` names it.
    const nowMs = await session.store.read((_view, nowMs) => nowMs).catch(() => undefined);
    const inspected = await session.upkeep.inspect();
    const around = [...inspected, ...(await remoteFindings(session, nowMs ?? 0, inspected))];
    const clocks = nowMs === undefined ? [] : await clockFindings(session, nowMs).catch(() => []);
    const found = [
      ...flaws,
      ...failed,
      ...around,
      ...clocks,
      ...(await unreadable(session)),
      ...(await forged(session)),
      ...(await lostKeys(session)),
    ];
    const findings = found.filter(({ what }, n) => found.findIndex((each) => each.what === what) === n);
    const ok = findings.every(({ level }) => level === 'info');
    return done({ ok, findings, mended });
  },
});

/** It may name another branch and a remote: what else is found is of the branch that it is by default. */
function policyFlaw({ policyFlaw: flaw, store }: Session): Finding[] {
  if (flaw === undefined) return [];
  const { branch } = store.policy;
  const what = `${flaw.message} Until then only doctor answers: what follows is of the branch ${branch}, by the defaults, and nothing is mended.`;
  return [{ level: 'error', what, next: flaw.next }];
}

/** What cannot be mended is a finding, too; a world that fails in another way stops the command. */
async function repair({ upkeep }: Session): Promise<{ mended: readonly string[]; findings: Finding[] }> {
  try {
    return { mended: await upkeep.repair(), findings: [] };
  } catch (thrown) {
    if (
      !(thrown instanceof IntercomError) ||
      !['damaged', 'ref-conflict', 'unsupported-repository'].includes(thrown.code)
    )
      throw thrown;
    return { mended: [], findings: [{ level: 'error', what: thrown.message, next: thrown.next }] };
  }
}

/** Of the latest commits: what nobody but a program that pretends to be ours writes. */
async function forged({ store }: Session): Promise<Finding[]> {
  const agents = new Map<string, AgentRecord>();
  try {
    const branch = await store.locateBranch();
    if (branch === null) return [];
    for await (const [, record] of store.scan(agentsFolder)) {
      if (record.kind === 'agent') agents.set(record.agent, record);
    }
    const { history } = await historyOf(branch, undefined, false, { store });
    return [...notLinear(history), ...writtenForAnother(history, agents)].map(({ what, next }) => ({
      level: 'warning',
      what,
      next,
    }));
  } catch (thrown) {
    if (!(thrown instanceof IntercomError)) throw thrown;
    // A damaged branch is a finding of its own: `inspect` names it.
    return [];
  }
}

/** What is sealed for the agent nobody else can open; where the branch cannot be read, `inspect` says so. */
async function lostKeys(session: Session): Promise<Finding[]> {
  const lost = await whyKeyIsLost(session).catch(() => undefined);
  return lost === undefined ? [] : [{ level: 'warning', what: lost.message, next: lost.next }];
}

/** Records that cannot be read are kept and shown; a claim among them goes on holding its paths. */
async function unreadable({ store }: Session): Promise<Finding[]> {
  const findings: Finding[] = [];
  const newer: string[] = [];
  try {
    for await (const [path, record] of store.scan('')) {
      if (record.kind !== 'unreadable') continue;
      if (isOfNewerVersion(path)) {
        newer.push(oneLine(path, 200));
        continue;
      }
      const isClaim = folderOf(path) === claimsFolder;
      const holds = isClaim ? ` It goes on holding ${listed(record.paths.map((each) => oneLine(each, 200)))}.` : '';
      findings.push({
        level: 'warning',
        what: ended(`The record ${oneLine(path, 300)} cannot be read: ${oneLine(record.reason, 200)}`) + holds,
        next: record.isNewer
          ? 'Use a newer git-intercom; doctor --fix leaves it as it is.'
          : 'Run git intercom doctor --fix to set it aside; the history keeps it.',
      });
    }
  } catch {
    // A damaged branch is a finding of its own: `inspect` names it.
  }
  if (newer.length > 0) {
    findings.push({
      level: 'info',
      what: `This version does not know what ${listed(newer, 5)} is for, and leaves it as it is.`,
      next: 'Look for a newer git-intercom.',
    });
  }
  return findings;
}
