/**
 * sshd on loopback, with keys of its own. Where none is installed and the machine has apt, the packages are fetched and
 * unpacked below the server's folder: nothing on the machine changes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, freePort, type Listening, listen } from './listening.ts';
import { makeBare, type Server, type Unavailable } from './server.ts';

export async function startSsh(): Promise<Server | Unavailable> {
  const { folder, bare, remove } = makeBare();
  const unavailable = (reason: string) => {
    remove();
    return { reason };
  };
  if (!isThere('ssh', '-V') || !existsOnPath('ssh-keygen')) return unavailable('no ssh client is installed');
  const program = installed() ?? unpacked(join(folder, 'packages'));
  if (program === undefined) return unavailable('no sshd is installed, and apt could not fetch one');
  const port = await freePort();
  const files = writeKeysAndConfig(folder, port);
  const command = ownPlace(folder, [...program, '-D', '-e', '-f', files.config]);
  if (command === undefined) return unavailable('sshd as root needs unshare(1) to find its own account');
  const start = () => listen({ command, isUp: () => answers(port) });
  let server: Listening;
  try {
    server = await start();
  } catch (cause) {
    return unavailable(`sshd does not start here: ${(cause as Error).message}`);
  }
  const options = `-F /dev/null -o IdentitiesOnly=yes -o UserKnownHostsFile=${files.knownHosts} -o BatchMode=yes`;
  return {
    url: `ssh://127.0.0.1:${port}${bare}`,
    env: { GIT_SSH_COMMAND: `ssh ${options} -i ${files.key}` },
    bare,
    cut: async () => {
      await server.stop();
      return async () => {
        server = await start();
      };
    },
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

function isThere(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).error === undefined;
}

function existsOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, program)));
}

/** It starts itself anew for each connection, and wants to be called by its whole path (sshd(8)). */
function installed(): string[] | undefined {
  const file = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));
  return file === undefined ? undefined : [file];
}

function unpacked(into: string): string[] | undefined {
  mkdirSync(into);
  const settings = { cwd: into, stdio: 'ignore', timeout: 60_000 } as const;
  if (spawnSync('apt-get', ['download', 'openssh-server', 'libwrap0'], settings).status !== 0) return undefined;
  for (const file of readdirSync(into)) spawnSync('dpkg-deb', ['-x', file, '.'], settings);
  const program = join(into, 'usr/sbin/sshd');
  if (!existsSync(program)) return undefined;
  const libraries = [join(into, 'lib'), join(into, 'usr/lib')]
    .filter((dir) => existsSync(dir))
    .flatMap((dir) => readdirSync(dir).map((name) => join(dir, name)));
  return ['env', `LD_LIBRARY_PATH=${libraries.join(':')}`, program];
}

/**
 * As root it wants an account `sshd` and a folder under /run. A mount namespace gives it both, which no one else sees.
 * Undefined where that is needed and cannot be had.
 */
function ownPlace(folder: string, command: readonly string[]): string[] | undefined {
  if (process.getuid?.() !== 0) return [...command];
  if (spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status !== 0) return undefined;
  const accounts = join(folder, 'passwd');
  copyFileSync('/etc/passwd', accounts);
  if (!/^sshd:/m.test(readFileSync(accounts, 'utf8'))) {
    writeFileSync(accounts, 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n', { flag: 'a' });
  }
  const mount = 'mount --bind "$0" /etc/passwd && mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"';
  return ['unshare', '--mount', 'sh', '-c', mount, accounts, ...command];
}

function writeKeysAndConfig(folder: string, port: number) {
  const file = (name: string) => join(folder, name);
  for (const name of ['host', 'key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)], { stdio: 'ignore' });
  }
  const publicKey = readFileSync(file('host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(file('known_hosts'), `[127.0.0.1]:${port} ${publicKey}\n`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('key.pub')}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    // The folder is below one that all can write to.
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'MaxStartups 100',
  ];
  writeFileSync(file('config'), `${config.join('\n')}\n`);
  return { config: file('config'), key: file('key'), knownHosts: file('known_hosts') };
}
