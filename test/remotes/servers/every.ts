/** Each kind of server that the tests know, by the name of what stands between a clone and it. */
import { startDisk } from './disk.ts';
import { startGitDaemon } from './git-daemon.ts';
import { startHttpBackend } from './http-backend.ts';
import type { StartServer } from './server.ts';
import { startSsh } from './ssh.ts';

export const everyServer: readonly (readonly [string, StartServer])[] = [
  ['a repository on disk', startDisk],
  ['git daemon', () => startGitDaemon()],
  ['git http-backend with basic authentication', () => startHttpBackend()],
  ['sshd', startSsh],
];
