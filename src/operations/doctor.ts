/** `doctor`: what is wrong with the coordination of this repository, and what to do. */
import * as z from 'zod';
import { IntercomError } from '../domain/failure.ts';
import { claimsFolder, isOfNewerVersion } from '../domain/record/path.ts';
import { ended, listed, oneLine } from '../domain/text.ts';
import type { Finding } from '../store/port.ts';
import { done } from './answer.ts';
import { clockFindings } from './clock-findings.ts';
import { defineOperation } from './define.ts';
import { remoteFindings } from './remote-findings.ts';
import type { Session } from './session.ts';

export const doctor = defineOperation({
  name: 'doctor',
  summary: 'Look the coordination of this repository over; with fix, mend what can be mended without loss.',
  effect: 'write',
  input: z.object({ fix: z.boolean().default(false) }),
  run: async ({ fix }, session) => {
    const { mended, findings: failed } = fix ? await repair(session) : { mended: [], findings: [] };
    const nowMs = await session.store.read((_view, nowMs) => nowMs).catch(() => 0);
    const around = [...(await session.upkeep.inspect()), ...(await remoteFindings(session, nowMs))];
    const clocks = await clockFindings(session, nowMs).catch(() => []);
    const found = [...failed, ...around, ...clocks, ...(await unreadable(session))];
    const findings = found.filter(({ what }, n) => found.findIndex((each) => each.what === what) === n);
    const ok = findings.every(({ level }) => level === 'info');
    return done({ ok, findings, mended });
  },
});

/** What cannot be mended is a finding, too; a world that fails in another way stops the command. */
async function repair({ upkeep }: Session): Promise<{ mended: readonly string[]; findings: Finding[] }> {
  try {
    return { mended: await upkeep.repair(), findings: [] };
  } catch (thrown) {
    if (!(thrown instanceof IntercomError) || !['damaged', 'ref-conflict'].includes(thrown.code)) throw thrown;
    return { mended: [], findings: [{ level: 'error', what: thrown.message, next: thrown.next }] };
  }
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
      const isClaim = path.startsWith(`${claimsFolder}/`);
      const holds = isClaim ? ` It goes on holding ${listed(record.paths.map((each) => oneLine(each, 200)))}.` : '';
      findings.push({
        level: 'warning',
        what: ended(`The record ${oneLine(path, 300)} cannot be read: ${oneLine(record.reason, 200)}`) + holds,
        next: 'Run git intercom doctor --fix to set it aside; the history keeps it.',
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
