/** Tidying. */
import { counted } from '../../domain/text.ts';
import { gc } from '../../operations/gc.ts';
import { defineCommand } from '../command.ts';

export const gcCommand = defineCommand({
  name: 'gc',
  synopsis: '',
  summary: 'take out what is over, and pack what was written',
  group: 'Set-up',
  options: [{ name: 'pack-only', summary: 'only pack', hidden: true }],
  notes: ['This happens by itself, in the background; the command is for those who want it now.'],
  knowsOfRemote: true,
  run: (words, { session }) => gc.run({ packOnly: words.flag('pack-only') }, session),
  render: ({ removed, skipped, objects, bytes }) => {
    const packed =
      skipped === undefined
        ? `Packed ${counted(objects, 'object')} into ${Math.ceil(bytes / 1024)} KiB.`
        : `Nothing was packed: ${skipped}.`;
    return removed === 0 ? packed : `Took ${counted(removed, 'record')} out of the tree. ${packed}`;
  },
});
