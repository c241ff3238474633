/** What `init` and `remove` tell people. */
import type { SetupReport } from '../../setup/port.ts';
import type { Terminal } from '../terminal.ts';

export interface InitResult extends SetupReport {
  readonly branch: string;
  readonly remote: string | null;
  readonly hub: string | null;
  /** What this repository is called in the hub. */
  readonly repository: string | null;
  /** What changed in the repository itself. */
  readonly opened: readonly string[];
  readonly dryRun: boolean;
}

export interface RemoveResult extends Pick<SetupReport, 'changed' | 'commands' | 'notes' | 'refused' | 'diff'> {
  /** Where it still is; null where there is none, or no repository. */
  readonly branch: string | null;
  readonly dryRun: boolean;
}

export function renderInit(result: InitResult, terminal: Terminal): string {
  const { branch, opened, harnesses, hooks, commands, notes, refused, diff, dryRun } = result;
  const { paint } = terminal;
  const isUnchanged = opened.length + harnesses.length + hooks.length === 0;
  const heads = dryRun
    ? { opened: 'Would add:', connected: 'Would connect', hooks: 'Would add hooks:', ran: 'Would run' }
    : {
        opened: paint('green', 'Opened coordination:'),
        connected: paint('green', 'Connected'),
        hooks: paint('green', 'Added hooks:'),
        ran: 'Ran',
      };
  return [
    ...(isUnchanged ? [`Coordination is open on the branch ${paint('bold', branch)}. Nothing had to change.`] : []),
    ...(opened.length > 0 ? [heads.opened, ...indented(opened)] : []),
    ...(result.repository === null ? [] : [hubLine(result, paint)]),
    ...harnesses.flatMap(({ name, changed }) => [`${heads.connected} ${name}:`, ...indented(changed)]),
    ...(hooks.length > 0 ? [heads.hooks, ...indented(hooks)] : []),
    ...commands.map((command) => `${heads.ran}: ${command}`),
    ...refusals(refused, terminal),
    ...(dryRun ? diffLines(diff) : []),
    ...(dryRun && diff !== '' && notes.length > 0 ? [''] : []),
    ...[...notes, ...(dryRun ? [] : hints(opened))].map((line) => paint('dim', line)),
  ].join('\n');
}

export function renderRemove(result: RemoveResult, terminal: Terminal): string {
  const { changed, commands, notes, refused, branch, diff, dryRun } = result;
  const { paint } = terminal;
  const head = dryRun ? 'Would take back:' : paint('green', 'Took back:');
  const branchLine = `The branch ${branch} stays, for it is the history of all. To delete it here: git branch -D ${branch}`;
  return [
    ...(changed.length === 0 ? ['There is nothing of git-intercom to take back.'] : [head, ...indented(changed)]),
    ...commands.map((command) => `${dryRun ? 'Would run' : 'Ran'}: ${command}`),
    ...refusals(refused, terminal),
    ...(dryRun ? diffLines(diff) : []),
    ...[...(branch === null ? [] : [branchLine]), ...notes].map((line) => paint('dim', line)),
  ].join('\n');
}

function hubLine({ hub, repository }: InitResult, paint: Terminal['paint']): string {
  const [where, name] = [paint('bold', hub ?? ''), paint('bold', repository ?? '')];
  return `In the hub ${where} this repository is ${name}: others write ${repository}:<path>.`;
}

function hints(opened: readonly string[]): string[] {
  if (opened.length === 0) return [];
  return [
    ...(opened.some((path) => path.endsWith('.yaml'))
      ? ['Commit .intercom/config.yaml, so that the team has it.']
      : []),
    'Next: git intercom claim <path> before you edit, git intercom who to see the others.',
  ];
}

function refusals(refused: SetupReport['refused'], { paint }: Terminal): string[] {
  return refused.flatMap(({ what, next }) => [`${paint('yellow', 'left')}  ${what}`, `      ${paint('dim', next)}`]);
}

function diffLines(diff: string): string[] {
  return diff === '' ? [] : ['', ...diff.trimEnd().split('\n')];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
