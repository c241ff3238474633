/** A program that is asked over the network. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Listening {
  /** Resolves when it is gone and whoever was connected through it is let go. */
  stop(): Promise<void>;
}

interface Program {
  readonly command: readonly string[];
  readonly isUp: () => Promise<boolean>;
}

/** Its input ends when the test's process does, however that ends: then the program is stopped, and nothing is left. */
const guarded = '"$@" </dev/null & program=$!; read -r line; kill -KILL "$program"; wait "$program"';

const startMsMax = 10_000;

/** Resolves when it is up. Rejects with what the program said when it does not come up. */
export async function listen({ command, isUp }: Program): Promise<Listening> {
  const child = spawn('sh', ['-c', guarded, 'sh', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2_000);
  });
  const ended = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  const deadlineMs = performance.now() + startMsMax;
  while (!(await isUp())) {
    if (performance.now() < deadlineMs && isRunning(child)) {
      await sleep(10);
      continue;
    }
    await stop();
    throw new Error(`${command.join(' ')} does not come up: ${said}`);
  }
  return { stop };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Whether somebody listens there, on this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => {});
    socket.once('close', (hadError) => resolve(!hadError));
  });
}

/** One that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
