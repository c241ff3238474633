/** The real git where it is installed, else HTTP by ourselves. */
import { isGitInstalled } from '../git/run.ts';
import type { Transport } from './transport.ts';

/** Whether git is there is asked when its first try came to nothing: to ask costs a process, and nearly always it is. */
export function chosenTransport(byGit: Transport, byHttp: () => Promise<Transport>): Transport {
  let chosen: Promise<Transport> | undefined;
  const ask = async <T extends { readonly status: string }>(act: (transport: Transport) => Promise<T>): Promise<T> => {
    if (chosen !== undefined) return act(await chosen);
    const answer = await act(byGit);
    if (answer.status !== 'offline' && answer.status !== 'forbidden') {
      chosen ??= Promise.resolve(byGit);
      return answer;
    }
    if (await isGitInstalled()) return answer;
    chosen ??= byHttp();
    return act(await chosen);
  };
  return {
    look: () => ask((transport) => transport.look()),
    fetch: () => ask((transport) => transport.fetch()),
    deepen: () => ask((transport) => transport.deepen()),
    push: (next) => ask((transport) => transport.push(next)),
  };
}
