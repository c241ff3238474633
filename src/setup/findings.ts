/** What has become of a set-up: what `init` would do again is what is missing or was changed since. */
import type { Finding } from '../store/port.ts';
import { apply, digest, recordOf } from './apply.ts';
import { diskFiles, Rehearsal } from './files.ts';
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
        ...report.changed.map(({ file }) => changedFinding(file, part, journal)),
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

/** As we left it, and yet not as we would write it now: another version did. */
function changedFinding(file: string, { title, again }: Part, journal: Journal): Finding {
  const now = diskFiles.read(file);
  const isOfOtherVersion = now !== undefined && recordOf(journal, file)?.after === digest(now);
  return {
    level: isOfOtherVersion ? 'info' : 'warning',
    what: isOfOtherVersion
      ? `${file} was set up for ${title} by another version or copy of git-intercom.`
      : `${file} lacks what git-intercom needs for ${title}, or has it in another form.`,
    next: `Run git intercom init ${again}.`,
  };
}
