/** Sealing with the keys of this user's data folder. age is loaded at its first use: most sessions never seal anything. */
import { keyFilesIn } from './key-files.ts';
import type { Sealing } from './port.ts';
import { readFilesIn } from './read-files.ts';

export function openSealing(folder: string): Sealing {
  const age = () => import('./age.ts');
  const keys = keyFilesIn(folder, age);
  return {
    keys,
    read: readFilesIn((uid) => `${keys.fileOf(uid)}~read`),
    seal: async (text, recipients) => (await age()).seal(text, recipients),
    open: async (sealed, identities) => (identities.length === 0 ? undefined : (await age()).open(sealed, identities)),
    makePair: async () => (await age()).makePair(),
  };
}
