/** Our own command in a command line: whether it sends something, or takes something by force. */
import type { Written } from './words.ts';

const sending = new Set(['send', 'ask', 'reply']);
const valued = new Set(['-C', '--directory', '--agent']);

/** `words` are those behind `git-intercom` or `git intercom`. */
export function ownCommand(words: readonly string[]): Written {
  let n = 0;
  while (words[n]?.startsWith('-')) n += valued.has(words[n] as string) ? 2 : 1;
  const [name = '', ...rest] = words.slice(n);
  // Looking at an open ask, and taking it back, sends nothing.
  const isLooking = name === 'ask' && rest.some((word) => word === '--id' || word === '--cancel');
  if (sending.has(name) && !isLooking) return { leaves: ['messages'] };
  return name === 'release' && rest.includes('--force') ? { leaves: ['force'] } : {};
}
