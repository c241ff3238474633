/** Setting one key of the policy file as a person would: its line alone is touched, whatever else stands there. */

/** A top-level key whose value is one line of text. */
export type LineKey = 'remote' | 'hub' | 'repository';

/** Where the remarks begin in the file that `init` writes, behind a key that is commented out. */
const remarkColumn = 22;

/**
 * The text with the key set, or with null as if it had never been. A line that offers the key in a comment, as `init`
 * writes one, is used, and put back. The caller reads the outcome again and compares: a value that goes over several
 * lines, or that stands in a flow map, is not understood here.
 */
export function withKey(text: string, key: LineKey, value: string | null): string {
  const lines = text.split(/(?<=\n)/);
  const live = lines.findIndex((line) => line.startsWith(`${key}:`));
  const offered = lines.findIndex((line) => line.startsWith(`# ${key}: `));
  const at = live >= 0 ? live : offered;
  if (value === null) {
    if (live < 0) return text;
    const remark = remarkOf(lines[live] as string);
    const offer = remark && `${`# ${key}: null`.padEnd(remarkColumn)}${remark}${endOf(lines[live] as string)}`;
    return lines.with(live, offer ?? '').join('');
  }
  const set = `${key}: ${scalar(value)}`;
  if (at < 0) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${set}\n`;
  const remark = remarkOf(lines[at] as string);
  const behind = remark === undefined ? '' : `${' '.repeat(Math.max(1, remarkColumn - 2 - set.length))}${remark}`;
  return lines.with(at, `${set}${behind}${endOf(lines[at] as string)}`).join('');
}

/** Behind the value, which may hold a number sign in quotes. */
function remarkOf(line: string): string | undefined {
  return /^(?:# )?\w+:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:(?!\s#).)*)\s+(#.*)/.exec(line)?.[1]?.trimEnd();
}

function endOf(line: string): string {
  return /\r?\n$/.exec(line)?.[0] ?? '';
}

/** Plain where YAML surely reads it as text (YAML 1.2.2, 7.3.3); else in double quotes, as JSON has them. */
function scalar(value: string): string {
  const isPlain = /^[A-Za-z./][A-Za-z0-9._/@~-]*(?::[A-Za-z0-9._/@~-]+)*$/.test(value);
  const meansElse = /^(?:null|true|false|y|n|yes|no|on|off|\.inf|\.nan)$/i.test(value);
  return isPlain && !meansElse ? value : JSON.stringify(value);
}
