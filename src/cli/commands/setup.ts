/** The commands that set up, look over and tidy. */
import { counted } from '../../domain/text.ts';
import { doctor } from '../../operations/doctor.ts';
import { gc } from '../../operations/gc.ts';
import { init } from '../../operations/init.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const initCommand = defineCommand({
  name: 'init',
  synopsis: '',
  summary: 'open coordination on this repository',
  group: 'Set-up',
  options: [
    { name: 'dry-run', summary: 'say what would change, and change nothing' },
    { name: 'yes', short: 'y', summary: 'do not ask' },
    { name: 'no-remote', summary: 'coordinate in this clone and its worktrees', hidden: true },
    { name: 'harness', value: 'NAMES', summary: 'none', hidden: true },
    { name: 'no-git-hooks', summary: 'leave the hooks of the repository alone', hidden: true },
  ],
  run: (words, { session }) => {
    const harness = words.text('harness');
    if (harness !== undefined && harness !== 'none') {
      throw new UsageError(
        `This version sets up no harness, and so not ${harness}.`,
        'Run git intercom init --harness none.',
      );
    }
    return init.run({ dryRun: words.flag('dry-run') }, session);
  },
  render: ({ branch, changed, dryRun }, { terminal }) => {
    if (changed.length === 0)
      return `Coordination is open on the branch ${terminal.paint('bold', branch)}. Nothing had to change.`;
    const verb = dryRun ? 'Would add' : terminal.paint('green', 'Opened coordination:');
    const next = [
      ...(changed.some((path) => path.endsWith('.yaml'))
        ? ['Commit .intercom/config.yaml, so that the team has it.']
        : []),
      'Next: git intercom claim <path> before you edit, git intercom who to see the others.',
    ];
    const hints = dryRun ? [] : next.map((line) => terminal.paint('dim', line));
    return [dryRun ? `${verb}:` : verb, ...changed.map((path) => `  ${path}`), ...hints].join('\n');
  },
});

const doctorCommand = defineCommand({
  name: 'doctor',
  synopsis: '',
  summary: 'look the coordination of this repository over',
  group: 'Set-up',
  options: [{ name: 'fix', summary: 'mend what can be mended without losing anything' }],
  run: (words, { session }) => doctor.run({ fix: words.flag('fix') }, session),
  render: ({ findings, mended }, { terminal: { paint } }) => {
    const done = mended.map((what) => `${paint('green', 'mended')}   ${what}`);
    const colour = { error: 'red', warning: 'yellow', info: 'dim' } as const;
    const found = findings.flatMap(({ level, what, next }) => [
      `${paint(colour[level], level.padEnd(7))}  ${what}`,
      `         ${paint('dim', next)}`,
    ]);
    const isWell = findings.every(({ level }) => level === 'info');
    return [...done, ...found, ...(isWell ? [`${paint('green', 'All is well.')}`] : [])].join('\n');
  },
  exitCode: ({ ok }) => (ok ? 0 : 1),
});

const gcCommand = defineCommand({
  name: 'gc',
  synopsis: '',
  summary: 'take out what is over, and pack what was written',
  group: 'Set-up',
  options: [{ name: 'pack-only', summary: 'only pack', hidden: true }],
  notes: ['This happens by itself, in the background; the command is for those who want it now.'],
  run: (words, { session }) => gc.run({ packOnly: words.flag('pack-only') }, session),
  render: ({ removed, skipped, objects, bytes }) => {
    const packed =
      skipped === undefined
        ? `Packed ${counted(objects, 'object')} into ${Math.ceil(bytes / 1024)} KiB.`
        : `Nothing was packed: ${skipped}.`;
    return removed === 0 ? packed : `Took ${counted(removed, 'record')} out of the tree. ${packed}`;
  },
});

export const setupCommands = [initCommand, doctorCommand, gcCommand];
