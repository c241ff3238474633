/** What has become of a set-up: what `init` would do again is what is missing or was changed since. */
import type { Finding } from '../store/port.ts';
import { apply } from './apply.ts';
import { Rehearsal } from './files.ts';
import type { Journal } from './journal.ts';
import type { Part } from './step.ts';

/** Of the parts that were set up once; the others are nobody's wish. */
export function setupFindings(parts: readonly Part[], journal: Journal): Finding[] {
  const owners = new Set([...journal.files, ...journal.commands].map(({ owner }) => owner));
  return parts
    .filter(({ owner }) => owners.has(owner))
    .flatMap((part) => {
      const copy = structuredClone(journal);
      const report = apply([part], { files: new Rehearsal(), journal: copy, save: () => {}, run: undefined });
      const next = `Run git intercom init ${part.again}.`;
      return [
        ...report.changed.map(
          ({ file }): Finding => ({
            level: 'warning',
            what: `${file} lacks what git-intercom needs for ${part.title}, or has it in another form.`,
            next,
          }),
        ),
        ...report.commands.map(
          ({ command }): Finding => ({
            level: 'warning',
            what: `${part.title} no longer knows git-intercom: ${command.join(' ')} is undone.`,
            next,
          }),
        ),
        ...report.refused.map(({ what, next }): Finding => ({ level: 'warning', what, next })),
      ];
    });
}
