/** Where hubs lie that the policy gives a name only: in the data folder of the user (XDG Base Directory). */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function hubsFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share'), 'git-intercom', 'hubs');
}
