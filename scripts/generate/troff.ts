/** Text for the manual page, in the macros of man(7). ASCII alone comes out, so that every man shows it. */

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '"': '\\(dq',
  '^': '\\(ha',
  '~': '\\(ti',
  '…': '...',
  '→': '\\(->',
  '–': '\\(en',
};

export function plain(text: string): string {
  return text.replace(/[\\\-'`"^~]|[^\n -~]/g, (char) => escapes[char] ?? unicode(char));
}

function unicode(char: string): string {
  return `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

export function bold(text: string): string {
  return `\\fB${plain(text)}\\fP`;
}

export function italic(text: string): string {
  return `\\fI${plain(text)}\\fP`;
}

export function section(title: string): string {
  return `.SH ${quoted(title)}`;
}

export function subsection(title: string): string {
  return `.SS ${quoted(title)}`;
}

/** `words` are troff already. A line that begins with a point or an apostrophe is text, too. */
export function paragraph(words: string): string {
  return `.PP\n${lines(words)}`;
}

/** A term with what it means below and to the right. */
export function tagged(term: string, words: string): string {
  return `.TP\n${lines(term)}\n${lines(words)}`;
}

/** Lines as they are, further in. */
export function example(text: string): string {
  return ['.PP', '.RS 4', '.nf', lines(plain(text)), '.fi', '.RE'].join('\n');
}

function lines(words: string): string {
  return words
    .split('\n')
    .map((line) => line.trimEnd())
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n');
}

function quoted(text: string): string {
  return `"${plain(text)}"`;
}
