/** Hears of mail while it runs: one process of git-intercom, which prints a line for each notice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { launcher } from './launcher.ts';

/** Notices that an agent is woken for. Others it hears when it works. */
const waking = new Set(['message', 'asked', 'answered', 'offered', 'handed-over']);

/** `$0` is the launcher. The shell ends the watch when its stdin does, which is when this process is gone. */
const untilStdinEnds = '"$0" watch --json & cat > /dev/null; kill $!';

export interface MailWatch {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Instead of the one that ends with stdin. */
  readonly script?: string;
  /** Mail came, for the agent that is watched for or for another. */
  readonly hear: (isForYou: boolean) => void;
}

/** To end it, end its stdin. Where the program is gone, nothing is heard. It keeps no process alive. */
export function watchMail({ cwd, env, script = untilStdinEnds, hear }: MailWatch): ChildProcess {
  const child = spawn('sh', ['-c', script, launcher], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  let rest = '';
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes) => {
    const lines = (rest + bytes).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { forYou, kind } = JSON.parse(line);
      if (waking.has(kind)) hear(forYou);
    }
  });
  for (const part of [child, child.stdin, child.stdout]) (part as { unref?(): void }).unref?.();
  return child;
}
