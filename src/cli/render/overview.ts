/** The whole state on one screen: who is here, what is claimed, what was said, what happened, what to do next. */
import { oneLine } from '../../domain/text.ts';
import type { Overview } from '../../operations/overview.ts';
import { aligned } from '../columns.ts';
import type { Telling } from '../command.ts';
import { commandWord } from '../on-path.ts';
import { currentFolder, isIn, realFolder } from '../path-from-top.ts';
import { narrower } from '../terminal.ts';
import { renderAgents } from './agents.ts';
import { renderClaims } from './claims.ts';
import { rowsOf } from './escalations.ts';
import { logRow } from './history.ts';
import { above } from './mail.ts';
import { elsewhere } from './next.ts';
import { ago, askMark, idWord, nameWord } from './words.ts';

export function renderOverview(state: Overview | undefined, telling: Telling): string {
  if (state === undefined) return '';
  const { terminal } = telling;
  const { paint } = terminal;
  const title = `${paint('bold', 'git-intercom')}  ${state.place}, branch ${state.branch}`;
  const section = (name: string, body: string) => `${paint('bold', name)}\n${indented(body)}`;
  return [
    title,
    ...(state.escalations.length === 0
      ? []
      : [
          section(
            paint('red', `Waiting for a person, ${state.escalations.length}`),
            rowsOf(state.escalations, telling, terminal.columns - 2).join('\n'),
          ),
        ]),
    section(
      `Agents${count(state.agents.filter(({ live }) => live).length, 'live')}`,
      renderAgents(state.agents, narrower(telling)),
    ),
    section('Claims', renderClaims(state.claims, state.waiting, narrower(telling))),
    section(`Messages${count(state.unread.length, 'unread for you')}`, messagesOf(state, telling)),
    section(
      'Lately',
      aligned(
        state.log.map((entry) => logRow(entry, telling)),
        terminal.columns - 2,
      ).join('\n') || 'Nothing yet.',
    ),
    section('Next', hints(state, telling)),
  ].join('\n\n');
}

function messagesOf({ messages, unread }: Overview, telling: Telling): string {
  if (messages.length === 0) return 'Nobody has said anything yet.';
  const rows = messages.map(({ id, from, to, at, subject, text, ask }) => [
    idWord(id, telling),
    `${nameWord(from, telling)} → ${to.join(', ')}`,
    telling.terminal.paint('dim', ago(at, telling)),
    [unread.includes(id) ? telling.terminal.paint('yellow', 'unread') : '', ask === null ? '' : askMark(ask, telling)]
      .filter((part) => part !== '')
      .join(', '),
    oneLine(subject ?? text, 200),
  ]);
  return `${above(messages, telling)}${aligned(rows, telling.terminal.columns - 2).join('\n')}`;
}

/** At most three lines: the first steps while nobody is here, later what waits for the reader. */
function hints(state: Overview, { terminal, self }: Telling): string {
  const { agents, claims, unread, pendingAsks, escalations, place } = state;
  const { paint, columns } = terminal;
  const word = commandWord(process.env, process.argv[1]);
  const isHere = isIn(realFolder(currentFolder(process.env)), place);
  const start = isHere ? `${word} ` : elsewhere(place, word);
  const isQuiet = agents.length === 0 || claims.length === 0;
  const found = [
    ...(escalations.length > 0 ? [['reply <id> "…"', 'decide what waits for a person']] : []),
    ...(pendingAsks.some(({ to }) => to.includes(self)) ? [['pending', 'see who waits for your answer']] : []),
    ...(unread.length > 0 ? [['peek', 'read what waits for you']] : []),
    ...(claims.some(({ lapsed }) => lapsed) ? [['claims --stale', 'see claims whose lease is over']] : []),
    ...(isQuiet ? [['claim <path>', 'before you edit; agents set INTERCOM_AGENT to a name each']] : []),
    ['who <path>', 'who touches a file'],
    ['help', 'all commands'],
  ];
  const rows = found.slice(0, 3).map(([command, what]) => [start + command, paint('dim', what ?? '')]);
  return aligned(rows, columns - 2).join('\n');
}

function count(n: number, what: string): string {
  return n === 0 ? '' : `, ${n} ${what}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
