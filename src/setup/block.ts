/** Lines of ours in somebody else's text file, between two marks. */

const block = /^(#|\/\/) >>> git-intercom >>>.*\r?\n(?:.*\r?\n)*?\1 <<< git-intercom <<<[^\n]*(?:\n|$)/m;

export function hasBlock(text: string): boolean {
  return block.test(text);
}

/** An earlier block is replaced where it stands. */
export function putBlock(text: string, lines: string, at: 'after-shebang' | 'end', comment = '#'): string {
  const open = `${comment} >>> git-intercom >>> (git intercom remove takes these lines away)`;
  const written = `${open}\n${lines}${comment} <<< git-intercom <<<\n`;
  if (block.test(text)) return text.replace(block, () => written);
  const shebang = at === 'after-shebang' ? (/^#!.*(?:\n|$)/.exec(text)?.[0] ?? '') : text;
  const head = shebang === '' || shebang.endsWith('\n') ? shebang : `${shebang}\n`;
  return head + written + text.slice(shebang.length);
}

export function takeBlock(text: string): string {
  return text.replace(block, '');
}
