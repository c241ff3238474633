/** Starts `worker.mjs` and talks to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { dataHome, type Steps, stepsOptions } from './command.ts';

const script = fileURLToPath(new URL('worker.mjs', import.meta.url));

export interface Answered {
  readonly name: string;
  readonly status: 'done' | 'refused' | 'pending' | 'failed';
  readonly ms: number;
  /** Of several asked at once. */
  readonly nth?: number;
  readonly code?: string;
  readonly message?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the answers of all operations, as they come over the wire.
  readonly value?: any;
  readonly refusal?: { readonly code: string };
}

interface Settings {
  readonly steps?: Steps;
  readonly retry?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Worker {
  /** Resolves to the answer; to every answer of a worker that tries again. */
  ask(name: string, input: object): Promise<Answered>;
  /** All at once; the answers that came until all had one, or the process ended. Of one that tries again, also the failures. */
  askTogether(asked: readonly (readonly [name: string, input: object])[]): Promise<readonly Answered[]>;
  readonly answers: readonly Answered[];
  /** No more questions; resolves when the process has ended. */
  end(): Promise<void>;
  /** At once, whatever it is at; what is not answered yet is rejected. */
  kill(): Promise<void>;
}

/** Resolves when the worker is ready. `gitDir` is where steps are counted. */
export async function startWorker(
  dir: string,
  agent: string,
  { steps, retry, env: more }: Settings = {},
): Promise<Worker> {
  const { before, env } = stepsOptions(join(dir, '.git'), steps);
  const args = [...before, script, dir, agent, ...(retry === true ? ['retry'] : [])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', XDG_DATA_HOME: dataHome, ...env, ...more },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.on('error', () => {}); // It was killed, and whoever asks is told so.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  const answers: Answered[] = [];
  const next = async (): Promise<Answered> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the worker of ${agent} ended`);
    return JSON.parse(line.value) as Answered;
  };
  await next();
  return {
    answers,
    ask: async (name, input) => {
      child.stdin.write(`${JSON.stringify([name, input])}\n`);
      for (;;) {
        const answer = await next();
        answers.push(answer);
        if (answer.status !== 'failed' || retry !== true) return answer;
      }
    },
    askTogether: async (asked) => {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const came: Answered[] = [];
      for (let open = asked.length; open > 0; ) {
        const line = await lines.next();
        if (line.done === true) break;
        const answer = JSON.parse(line.value) as Answered;
        came.push(answer);
        if (answer.status !== 'failed' || retry !== true) open -= 1;
      }
      return came;
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
