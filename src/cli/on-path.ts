/** How the command can be called from here: `git intercom` where it is installed, else by its file. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export function commandWord(env: NodeJS.ProcessEnv, file: string | undefined): string {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const isInstalled = folders.some((folder) => existsSync(join(folder, 'git-intercom')));
  return isInstalled || file === undefined ? 'git intercom' : `node ${file}`;
}
