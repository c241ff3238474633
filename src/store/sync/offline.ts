/** No way to the remote, because somebody asked for none: everything is provisional, and nothing waits. */
import type { Transport, Unreached } from './transport.ts';

export function offlineTransport(unreached: Unreached): Transport {
  const no = async () => unreached;
  return { look: no, fetch: no, deepen: no, push: no };
}

export const askedForOffline: Unreached = {
  status: 'offline',
  why: 'The remote was not asked, because of --offline.',
  next: 'Run git intercom sync when you are back.',
};
