/** `--attach` and `--attach-diff`, alike for whatever sends a message. */
import { typedAttachment } from '../domain/attachment/typed.ts';
import type { Calling } from './command.ts';
import type { Option, Words } from './words.ts';

export const attachOptions: readonly Option[] = [
  { name: 'attach', value: 'FILE[:A-B]', many: true, summary: 'attach a file as it is now, or lines of it' },
  {
    name: 'attach-diff',
    value: 'WHAT',
    optional: true,
    many: true,
    summary: 'attach your changes and new files as a patch; =src/a.ts, =main..HEAD',
  },
];

/** As operations take them: from the top of the repository. */
export function attachedBy(words: Words, { fromTop }: Pick<Calling, 'fromTop'>) {
  const pathOf = (typed: string) => fromTop([typed], 'files here')[0] ?? typed;
  const attachments = words.wholeTexts('attach').map((typed) => {
    const { path, ...lines } = typedAttachment(typed);
    return { path: pathOf(path), ...lines };
  });
  const patches = words.wholeTexts('attach-diff').map((what) => (what === '' || isRange(what) ? what : pathOf(what)));
  return { attachments, patches };
}

function isRange(what: string): boolean {
  return /^(?!\.).*\.\./.test(what) && !/(^|\/)\.\.\//.test(what);
}
