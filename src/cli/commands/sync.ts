/** Exchanging with the remote. */
import { counted, listed } from '../../domain/text.ts';
import { sync } from '../../operations/sync.ts';
import { defineCommand } from '../command.ts';

export const syncCommand = defineCommand({
  name: 'sync',
  synopsis: '',
  summary: 'exchange claims and messages with the remote now',
  group: 'History and checks',
  options: [
    { name: 'once', summary: 'one exchange, which is what it does anyway', hidden: true },
    { name: 'background', summary: 'gather for a moment, and bring it', hidden: true },
  ],
  notes: [
    'This happens by itself: a claim goes to the remote before it is answered, everything else some seconds later, and servers look for what others wrote. The command is for those who want it now, for cron, and after --offline.',
  ],
  run: (words, { session }) => sync.run({ inBackground: words.flag('background') }, session),
  render: ({ fetched, pushed, confirmed, withdrawn, renamed, lost }) => {
    const came = fetched === 0 ? 'Nothing new at the remote' : `${counted(fetched, 'commit')} came`;
    const went = pushed === 0 ? 'nothing to bring there' : `${counted(pushed, 'commit')} went there`;
    return [
      `${came}, ${went}.`,
      ...(confirmed.length === 0 ? [] : [`Confirmed: ${listed(confirmed)}.`]),
      ...withdrawn.map(
        ({ agent, paths, rival }) => `Withdrawn: ${listed(paths)} of ${agent}, for ${rival.agent} has it.`,
      ),
      ...renamed.map(({ from, to }) => `Renamed: ${from} is ${to} now, for another agent had that name first.`),
      ...lost.map((what) => `The remote's branch was ${what}; what it lacked was offered again.`),
    ].join('\n');
  },
});
