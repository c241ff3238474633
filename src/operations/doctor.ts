/** `doctor`: what is wrong with the coordination of this repository, and what to do. */
import * as z from 'zod';
import { claimsFolder } from '../domain/record/path.ts';
import type { Finding } from '../store/port.ts';
import { done } from './answer.ts';
import { defineOperation } from './define.ts';
import type { Session } from './session.ts';

export const doctor = defineOperation({
  name: 'doctor',
  summary: 'Look the coordination of this repository over; with fix, mend what can be mended without loss.',
  effect: 'write',
  input: z.object({ fix: z.boolean().default(false) }),
  run: async ({ fix }, session) => {
    const mended = fix ? await session.upkeep.repair() : [];
    const findings = [...(await session.upkeep.inspect()), ...(await unreadable(session))];
    const ok = findings.every(({ level }) => level === 'info');
    return done({ ok, findings, mended });
  },
});

/** Records that cannot be read are kept and shown; a claim among them goes on holding its paths. */
async function unreadable({ store }: Session): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for await (const [path, record] of store.scan('')) {
      if (record.kind !== 'unreadable') continue;
      const holds = path.startsWith(`${claimsFolder}/`) ? ` It goes on holding ${record.paths.join(', ')}.` : '';
      findings.push({
        level: 'warning',
        what: `The record ${path} cannot be read: ${record.reason}.${holds}`,
        next: 'Run git intercom doctor --fix to set it aside; the history keeps it.',
      });
    }
  } catch {
    // A damaged branch is a finding of its own: `inspect` names it.
  }
  return findings;
}
