/** The real git where it is installed, else HTTP by ourselves. Asked for at the first use: most commands never go there. */
import { isGitInstalled } from '../git/run.ts';
import type { Transport } from './transport.ts';

export function chosenTransport(byGit: Transport, byHttp: () => Promise<Transport>): Transport {
  let chosen: Promise<Transport> | undefined;
  const choose = () => {
    chosen ??= isGitInstalled().then((isThere) => (isThere ? byGit : byHttp()));
    return chosen;
  };
  return {
    look: async () => (await choose()).look(),
    fetch: async () => (await choose()).fetch(),
    deepen: async () => (await choose()).deepen(),
    push: async (next) => (await choose()).push(next),
  };
}
