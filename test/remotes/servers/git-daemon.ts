/** `git daemon` with pushing allowed: the git protocol, no authentication (git-daemon(1)). */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { answers, freePort, type Listening, listen } from './listening.ts';
import { makeBare, type Server } from './server.ts';

export async function startGitDaemon(pushing: 'allowed' | 'refused' = 'allowed'): Promise<Server> {
  const { folder, bare, remove } = makeBare();
  const port = await freePort();
  const start = () =>
    listen({ command: daemonCommand({ folder, address: '127.0.0.1', port, pushing }), isUp: () => answers(port) });
  let daemon: Listening = await start();
  return {
    url: `git://127.0.0.1:${port}/team.git`,
    env: {},
    bare,
    cut: async () => {
      await daemon.stop();
      return async () => {
        daemon = await start();
      };
    },
    stop: async () => {
      await daemon.stop();
      remove();
    },
  };
}

interface Wanted {
  /** Of the repositories. */
  readonly folder: string;
  readonly address: string;
  readonly port: number;
  readonly pushing?: 'allowed' | 'refused';
}

/** The program itself and not `git daemon`: git would start it as a child, which outlives it. */
export function daemonCommand({ folder, address, port, pushing = 'allowed' }: Wanted): string[] {
  const programs = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  return [
    join(programs, 'git-daemon'),
    '--reuseaddr',
    '--export-all',
    '--informative-errors',
    `--base-path=${folder}`,
    `--listen=${address}`,
    `--port=${port}`,
    ...(pushing === 'allowed' ? ['--enable=receive-pack'] : []),
  ];
}
