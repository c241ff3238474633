/** A bare repository on a disk that all can reach. */
import { renameSync } from 'node:fs';
import { makeBare, type Server } from './server.ts';

export async function startDisk(): Promise<Server> {
  const { bare, remove } = makeBare();
  const away = `${bare}.away`;
  return {
    url: bare,
    env: {},
    bare,
    cut: async () => {
      renameSync(bare, away);
      return async () => renameSync(away, bare);
    },
    stop: async () => remove(),
  };
}
