/** Plain data as it is put before people and models: whoever wrote it, nothing in it moves a terminal or hides. */
import { readableValue } from './hub/readable.ts';
import { plainText } from './text.ts';

export function plainly<T>(value: T): T {
  return readableValue(value, (text) => plainText(text));
}
