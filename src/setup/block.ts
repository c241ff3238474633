/** Lines of ours in somebody else's text file, between two marks. */

const block = /^(#|\/\/) >>> git-intercom >>>.*\r?\n(?:.*\r?\n)*?\1 <<< git-intercom <<<[^\n]*(?:\n|$)/m;
const isTaken = 'git intercom remove takes these lines away';
/** Where the text before had no line feed at its end. */
const isTakenWithLineFeed = `${isTaken}, and the line feed before them`;

export function hasBlock(text: string): boolean {
  return block.test(text);
}

/** An earlier block is replaced where it stands. */
export function putBlock(text: string, lines: string, at: 'after-shebang' | 'end', comment = '#'): string {
  const written = (said: string) =>
    `${comment} >>> git-intercom >>> (${said})\n${lines}${comment} <<< git-intercom <<<\n`;
  if (block.test(text)) {
    return text.replace(block, (known) => written(known.includes(isTakenWithLineFeed) ? isTakenWithLineFeed : isTaken));
  }
  const head = at === 'after-shebang' ? (/^#!.*(?:\n|$)/.exec(text)?.[0] ?? '') : text;
  const isWhole = head === '' || head.endsWith('\n');
  return `${head}${isWhole ? written(isTaken) : `\n${written(isTakenWithLineFeed)}`}${text.slice(head.length)}`;
}

/** Whoever wrote something behind it needs the line feed before it. */
export function takeBlock(text: string): string {
  const found = block.exec(text);
  if (found === null) return text;
  const before = text.slice(0, found.index);
  const behind = text.slice(found.index + found[0].length);
  const isEnd = behind === '' && found[0].includes(isTakenWithLineFeed);
  return (isEnd ? before.replace(/\n$/, '') : before) + behind;
}
