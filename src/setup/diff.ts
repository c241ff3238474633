/** What a rehearsal would change, as a unified diff. */
import { createTwoFilesPatch } from 'diff';
import { diskFiles, type Rehearsal } from './files.ts';

export function diffOf({ touched }: Rehearsal): string {
  const patches = [...touched].flatMap(([file, after]) => {
    const before = diskFiles.read(file);
    if (before === after || (before !== undefined && after?.equals(before))) return [];
    return [patch(file, before, after)];
  });
  return patches.join('');
}

function patch(file: string, before: Buffer | undefined, after: Buffer | undefined): string {
  const [from, to] = [before === undefined ? '/dev/null' : file, after === undefined ? '/dev/null' : file];
  const text = createTwoFilesPatch(from, to, before?.toString() ?? '', after?.toString() ?? '', '', '');
  // Without the head that stands above each patch, and the blanks behind names.
  return text.replace(/^(Index: .*\n)?=+\n/, '').replace(/^(--- |\+\+\+ )(.*?)\s*$/gm, '$1$2');
}
