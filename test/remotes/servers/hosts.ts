/**
 * Separate hosts: a network namespace for each, joined to the server's by a link of its own (veth(4)) that can be cut,
 * and made slow and lossy. `git daemon` runs in the server's. A namespace lives as long as the process that holds it,
 * and that as long as the test's, so nothing is left whatever happens.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { daemonCommand } from './git-daemon.ts';
import { listen } from './listening.ts';
import { makeBare, type Server, type Unavailable } from './server.ts';

export interface Host {
  /** The words before a command that is to run there. */
  readonly enter: readonly string[];
  /** The link carries nothing, and says so to nobody, until the answer is called. */
  cut(): () => void;
  /** The link is slow, late and loses packets, until the answer is called, which tells how many were sent again. */
  hamper(): () => Promise<number>;
}

export interface Hosts extends Server {
  readonly hosts: readonly Host[];
}

const serverAddress = '10.77.0.1';
const port = 9418;

export async function startHosts(count: number): Promise<Hosts | Unavailable> {
  const reason = whyNone();
  if (reason !== undefined) return { reason };
  const { folder, bare, remove } = makeBare();
  const spaces = await Promise.all(Array.from({ length: count + 1 }, openSpace));
  const [serverSpace, ...clientSpaces] = spaces as [Space, ...Space[]];
  const close = async () => {
    await Promise.all(spaces.map((space) => space.close()));
    remove();
  };
  try {
    serverSpace.run('ip', 'link', 'set', 'lo', 'up');
    serverSpace.run('ip', 'address', 'add', `${serverAddress}/32`, 'dev', 'lo');
    const hosts = clientSpaces.map((space, n) => join(serverSpace, space, n + 1));
    const command = [...serverSpace.enter, ...daemonCommand({ folder, address: serverAddress, port })];
    const start = () => listen({ command, isUp: async () => serverSpace.reaches(serverAddress, port) });
    let daemon = await start();
    return {
      url: `git://${serverAddress}:${port}/team.git`,
      env: {},
      bare,
      hosts,
      cut: async () => {
        await daemon.stop();
        return async () => {
          daemon = await start();
        };
      },
      stop: async () => {
        await daemon.stop();
        await close();
      },
    };
  } catch (cause) {
    await close();
    return { reason: `the links cannot be made here: ${(cause as Error).message}` };
  }
}

function whyNone(): string | undefined {
  const isThere = (program: string) => spawnSync(program, ['-V'], { stdio: 'ignore' }).error === undefined;
  const missing = ['ip', 'tc', 'unshare', 'nsenter'].find((program) => !isThere(program));
  if (missing !== undefined) return `no ${missing} is installed`;
  if (spawnSync('unshare', ['--net', 'true'], { stdio: 'ignore' }).status !== 0)
    return 'network namespaces may not be made';
  return undefined;
}

interface Space {
  readonly pid: number;
  readonly enter: readonly string[];
  run(...command: readonly string[]): void;
  try(...command: readonly string[]): boolean;
  read(...command: readonly string[]): string;
  reaches(address: string, port: number): boolean;
  close(): Promise<void>;
}

async function openSpace(): Promise<Space> {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'echo ready; read -r line'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  const pid = child.pid as number;
  const enter = ['nsenter', `--net=/proc/${pid}/ns/net`, '--'];
  const attempt = (command: readonly string[]) => {
    const [program = '', ...args] = [...enter, ...command];
    return spawnSync(program, args, { encoding: 'utf8' });
  };
  return {
    pid,
    enter,
    run: (...command) => {
      const { status, stderr } = attempt(command);
      if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr.trim()}`);
    },
    try: (...command) => attempt(command).status === 0,
    read: (...command) => attempt(command).stdout,
    reaches: (address, at) => attempt(['bash', '-c', `exec 3<>/dev/tcp/${address}/${at}`]).status === 0,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

function join(server: Space, client: Space, n: number): Host {
  const there = `client${n}`;
  server.run('ip', 'link', 'add', there, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', String(client.pid));
  server.run('ip', 'address', 'add', `10.77.${n}.1/24`, 'dev', there);
  server.run('ip', 'link', 'set', there, 'up');
  client.run('ip', 'link', 'set', 'lo', 'up');
  client.run('ip', 'address', 'add', `10.77.${n}.2/24`, 'dev', 'uplink');
  client.run('ip', 'link', 'set', 'uplink', 'up');
  client.run('ip', 'route', 'add', serverAddress, 'via', `10.77.${n}.1`);
  return {
    enter: client.enter,
    cut: () => {
      server.run('ip', 'link', 'set', there, 'down');
      return () => server.run('ip', 'link', 'set', there, 'up');
    },
    hamper: () => {
      const sides = [
        [client, 'uplink'],
        [server, there],
      ] as const;
      const before = resentIn(client) + resentIn(server);
      const isLossy = sides.map(([space, device]) => hamperOneWay(space, device)).every(Boolean);
      const steady = isLossy ? async () => {} : swallow(server, there);
      return async () => {
        await steady();
        for (const [space, device] of sides) space.run('tc', 'qdisc', 'delete', 'dev', device, 'root');
        return resentIn(client) + resentIn(server) - before;
      };
    },
  };
}

/** Segments that TCP has sent again: `RetransSegs` of /proc/net/snmp (proc(5)), under its name in the line above. */
function resentIn(space: Space): number {
  const [names = '', values = ''] = space.read('grep', '^Tcp:', '/proc/net/snmp').split('\n');
  return Number(values.split(' ')[names.split(' ').indexOf('RetransSegs')]);
}

/**
 * What is sent in every fifth part of a second is lost, silently: a link that goes down for as long would also say that
 * the host cannot be reached (EHOSTUNREACH, arp(7)), and end what TCP would have mended. Ends with the link as it was.
 */
function swallow({ enter }: Space, device: string): () => Promise<void> {
  const turns = `while read -r -t 0.2; [ $? -gt 128 ]; do ${onto('$0')} blackhole; sleep 0.05; ${onto('$0')} ${slow}; done`;
  const [program = '', ...args] = [...enter, 'bash', '-c', turns, device];
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'close');
  return async () => {
    child.stdin.end();
    await ended;
  };
}

const slow = 'tbf rate 400kbit burst 1600 limit 4800';
const onto = (device: string) => `tc qdisc replace dev ${device} root`;

/** Slow and late. Whether it loses packets as well: a kernel without netem makes it slow alone. */
function hamperOneWay(space: Space, device: string): boolean {
  const become = (kind: string) => `${onto(device)} ${kind}`.split(' ');
  if (space.try(...become('netem delay 100ms 40ms loss 5%'))) return true;
  space.run(...become(slow));
  return false;
}
