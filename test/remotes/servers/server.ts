/** A place to push to, as teams have them: started by a test, stopped for sure after it, everything below one folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../remove-folder.ts';

export interface Server {
  readonly url: string;
  /** What a process needs in its environment to be let in. */
  readonly env: NodeJS.ProcessEnv;
  /** The bare repository on this machine, to look at, and to give hooks to. */
  readonly bare: string;
  /** Out of reach from now on, until the answer is called: then it is back, at the same place. */
  cut(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export interface Unavailable {
  readonly reason: string;
}

export type StartServer = () => Promise<Server | Unavailable>;

export function isServer(started: Server | Unavailable): started is Server {
  return 'url' in started;
}

/** A folder of its own for a server, with an empty bare repository `team.git` in it. */
export function makeBare(): { readonly folder: string; readonly bare: string; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'intercom-server-')));
  const bare = join(folder, 'team.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare], { stdio: 'ignore' });
  return { folder, bare, remove: () => removeFolder(folder) };
}
