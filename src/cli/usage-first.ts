/** Words are judged before the world: what was typed wrongly is told as that also where nothing can be opened. */
import type { Session } from '../operations/session.ts';
import type { Calling, Command } from './command.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';
import { wrongInput } from './wrong-input.ts';

/**
 * Throws what is wrong with the words, or else the failure. The command runs until it wants anything of the world, and
 * everything there fails with the same.
 */
export async function usageFirst(
  command: Command,
  words: Words,
  { signal, terminal, isJson }: Pick<Calling, 'signal' | 'terminal' | 'isJson'>,
  failure: unknown,
): Promise<never> {
  const fail = () => {
    throw failure;
  };
  const silent: Terminal = { ...terminal, out: () => undefined, err: () => undefined };
  const calling: Calling = {
    session: new Proxy({} as Session, { get: fail }),
    signal,
    terminal: silent,
    isJson,
    readStdin: fail,
    readFile: fail,
    readData: fail,
    fromTop: (typed) => [...typed],
  };
  try {
    await command.run(words, calling);
  } catch (thrown) {
    if (thrown instanceof UsageError || wrongInput(thrown, command.name) !== undefined) throw thrown;
  }
  throw failure;
}
