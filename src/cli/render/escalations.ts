/** What waits for a person, as text. */
import type { ShownEscalation } from '../../domain/escalation/present.ts';
import { shortId } from '../../domain/id.ts';
import { counted, listed, oneLine } from '../../domain/text.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { above } from './mail.ts';
import { ago, idWord, nameWord, signatureMark } from './words.ts';

export function renderEscalated({ id, to }: ShownEscalation, { terminal }: Telling): string {
  const whom = to.length === 0 ? 'No person is here yet: the first who comes sees it.' : `Before ${listed(to, 4)}.`;
  return `${terminal.paint('green', 'Escalated')}. ${whom} ${terminal.paint('dim', `id ${id}`)}`;
}

export function renderEscalations(escalations: readonly ShownEscalation[], telling: Telling): string {
  if (escalations.length === 0) return 'Nothing waits for a person.';
  const { terminal } = telling;
  const hint = `A person answers: git intercom reply ${idIn(escalations)} "…", or git intercom ack --done ${idIn(escalations)}.`;
  const rows = rowsOf(escalations, telling, terminal.columns).join('\n');
  return `${above(escalations, telling)}${rows}\n\n${terminal.paint('dim', hint)}`;
}

/** Above whatever else is shown; nothing where none is open. */
export function escalationsAbove(escalations: readonly ShownEscalation[], telling: Telling): string {
  if (escalations.length === 0) return '';
  const { terminal } = telling;
  const head = `${counted(escalations.length, 'escalation')} ${escalations.length === 1 ? 'waits' : 'wait'} for a person: git intercom reply ${idIn(escalations)} "…"`;
  const rows = [above(escalations, telling).trimEnd(), ...rowsOf(escalations, telling, terminal.columns - 2)];
  const indented = rows.filter((row) => row !== '').map((row) => `  ${row}`);
  return `${[terminal.paint('red', head), ...indented].join('\n')}\n\n`;
}

export function rowsOf(escalations: readonly ShownEscalation[], telling: Telling, columns: number): string[] {
  return aligned(
    escalations.map(({ id, from, at, subject, text, why, sealed, signature }) => [
      idWord(id, telling),
      nameWord(from, telling),
      telling.terminal.paint('dim', ago(at, telling)),
      [
        oneLine(subject ?? text, 200),
        ...(why === null ? [] : [`(${oneLine(why, 100)})`]),
        ...(sealed === undefined ? [] : ['(sealed)']),
        ...(signature === undefined ? [] : [`(${signatureMark(signature, telling)})`]),
      ].join(' '),
    ]),
    columns,
  );
}

function idIn(escalations: readonly ShownEscalation[]): string {
  return escalations.length === 1 ? shortId((escalations[0] as ShownEscalation).id) : '<id>';
}
