/** From the bytes of a record file to plain data. Total: never throws, never hangs, never ends the process. */
import { recordBytesMax } from '../../domain/limits.ts';
import { oneLine } from '../../domain/text.ts';
import { readCanonical } from './canonical.ts';
import { readAny, Unreadable } from './read-any.ts';

export type Decoded =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | {
      readonly ok: false;
      /** Names the line where it is known. At most 80 characters of it are the file's, and all are printable. */
      readonly reason: string;
    };

const reasonCharsMax = 80;
const utf8 = new TextDecoder('utf-8', { fatal: true });
// YAML 1.2.2 §5.1: not printable. A carriage return is a line break only together with a line feed.
const unprintable = /[^\P{Cc}\t\n\u0085]|[\ufffe\uffff]/u;

/**
 * What our own encoder wrote takes a short way; both ways answer the same. Windows line ends and a byte order mark at
 * the start are accepted, for people edit these files. What is read can be encoded again, but may then be longer than
 * the bound. Takes 10 µs for a canonical claim, 0.1 ms for one written by hand, up to a second for a hostile 256 KiB.
 */
export function decodeYaml(bytes: Uint8Array): Decoded {
  if (bytes.length > recordBytesMax) return no(`it has ${bytes.length} bytes, and ${recordBytesMax} is the most`);
  let text: string;
  try {
    text = utf8.decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    return no('it is not UTF-8');
  }
  const canonical = readCanonical(text);
  if (canonical !== null) return { ok: true, value: canonical };
  const at = text.search(unprintable);
  if (at >= 0) return no(`line ${lineOf(text, at)}: a control character`);
  try {
    return { ok: true, value: readAny(text) };
  } catch (thrown) {
    // A fault of the parser is the file's misfortune, too: the other records must stay readable.
    const reason = oneLine(thrown instanceof Error ? thrown.message : String(thrown), reasonCharsMax);
    const offset = thrown instanceof Unreadable ? thrown.offset : null;
    return no(offset === null ? reason : `line ${lineOf(text, offset)}: ${reason}`);
  }
}

function no(reason: string): Decoded {
  return { ok: false, reason };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
