/**
 * git-intercom in pi. Written by "git intercom init", taken away by "git intercom remove".
 *
 * Before a tool edits a file or runs a command, the guard is asked whether somebody else holds it; mail for the agent is
 * put into what it hears anyway, and begins a turn when it is idle. The agent itself uses the command: pi before 0.99
 * has no MCP. Where the program is gone or fails, everything goes through, and one line says so, once.
 */
import { type ChildProcess, spawn } from 'node:child_process';

const launcher = '@LAUNCHER@';
const answerMsMax = 5000;

const edits = new Set(['edit', 'write']);
const shells = new Set(['bash', 'powershell']);
/** Notices that an agent is woken for. Others it hears when it works. */
const waking = new Set(['message', 'asked', 'answered', 'offered', 'handed-over']);
/** So many turns in a row come at once that no person began; then each waits twice as long, at most a minute. */
const turnsAtOnce = 5;

interface Answer {
  refuse?: boolean;
  reason?: string;
  context?: string;
  goOn?: string;
  failure?: string;
}

// biome-ignore lint/style/noDefaultExport: pi loads the default export
// biome-ignore lint/suspicious/noExplicitAny: pi's types are not installed where this file lies
export default function intercom(pi: any): void {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  let context: any;
  let watch: ChildProcess | undefined;
  let shellBegan = 0;
  let hasMail = false;
  let isWelcome = false;
  let isWaking = false;
  let turnsOfOurs = 0;
  let timer: NodeJS.Timeout | undefined;
  const told = new Set<string>();

  // biome-ignore lint/suspicious/noExplicitAny: as above
  pi.on('session_start', (_event: unknown, ctx: any) => {
    context = ctx;
    isWelcome = false;
    turnsOfOurs = 0;
    // So that "git intercom" in a command is this agent, and not the person.
    process.env.PI_SESSION_ID = sessionId();
    watchFor();
  });

  // biome-ignore lint/suspicious/noExplicitAny: as above
  pi.on('before_agent_start', async (_event: unknown, ctx: any) => {
    context = ctx;
    clearTimeout(timer);
    if (isWaking) return undefined;
    turnsOfOurs = 0;
    const answer = await ask(isWelcome ? 'before_agent_start' : 'session_start');
    isWelcome = true;
    return answer.context === undefined ? undefined : { message: messageOf(answer.context) };
  });

  pi.on('agent_start', () => {
    isWaking = false;
  });

  // biome-ignore lint/suspicious/noExplicitAny: as above
  pi.on('tool_call', async ({ toolName: tool, input }: any) => {
    // One server may serve several sessions: each call says whose it is.
    if (/^(?:mcp__)?intercom[_-]/.test(tool)) input._session = sessionId();
    if (!edits.has(tool) && !shells.has(tool)) return undefined;
    shellBegan = Date.now();
    const { refuse, reason } = await ask('tool_call', { tool, args: input });
    return refuse ? { block: true, reason } : undefined;
  });

  // biome-ignore lint/suspicious/noExplicitAny: as above
  pi.on('tool_result', async ({ toolName: tool, input, content }: any) => {
    if (!shells.has(tool) && !hasMail) return undefined;
    const answer = await ask('tool_result', { tool, args: input, lasted_ms: Date.now() - shellBegan });
    return answer.context === undefined ? undefined : { content: [...content, { type: 'text', text: answer.context }] };
  });

  pi.on('agent_end', () => {
    if (hasMail) wakeInTime();
  });

  pi.on('session_shutdown', async () => {
    clearTimeout(timer);
    watch?.stdin?.end();
    watch = undefined;
    await ask('session_shutdown');
  });

  function sessionId(): string {
    return context.sessionManager.getSessionId();
  }

  function messageOf(text: string) {
    return { customType: 'intercom', content: text, display: true };
  }

  /** Never rejects: resolves to what the guard answers, to nothing where it is late or gone. */
  async function ask(event: string, said: object = {}): Promise<Answer> {
    // What is asked now brings whatever is unread; a notice after this is of something newer.
    if (event !== 'tool_call') hasMail = false;
    const input = { session_id: sessionId(), cwd: context.cwd, ...said };
    const answer = await run(['hook', 'pi', event], JSON.stringify(input)).catch((error: Error) => ({
      failure: `git-intercom cannot be asked, so nothing is held back: ${error.message}`,
    }));
    if (answer.failure !== undefined) tell(answer.failure);
    return answer;
  }

  function run(words: string[], input: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const child = spawn(launcher, words, { cwd: context.cwd, stdio: ['pipe', 'pipe', 'ignore'] });
      const deadline = setTimeout(() => child.kill(), answerMsMax);
      const out: Buffer[] = [];
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(deadline);
        try {
          resolve(out.length === 0 ? {} : JSON.parse(Buffer.concat(out).toString()));
        } catch (error) {
          reject(error);
        }
      });
      child.stdout.on('data', (bytes) => out.push(bytes));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  /** One line for each notice. The shell ends the watch when its stdin does, which is when this process is gone. */
  function watchFor(): void {
    watch?.stdin?.end();
    const script = '"$0" watch --json & cat > /dev/null; kill $!';
    const child = spawn('sh', ['-c', script, launcher], { cwd: context.cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    watch = child;
    let rest = '';
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (bytes) => {
      const lines = (rest + bytes).split('\n');
      rest = lines.pop() ?? '';
      if (watch === child) lines.forEach(hear);
    });
    // A print of one answer is over when it is over.
    child.unref();
    for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref();
  }

  function hear(line: string): void {
    const { forYou, kind } = JSON.parse(line);
    if (!forYou || !waking.has(kind)) return;
    hasMail = true;
    if (context.isIdle()) wakeInTime();
  }

  /** Two agents that answer each other without end are slowed down; a person's word begins anew. */
  function wakeInTime(): void {
    const waits = turnsOfOurs < turnsAtOnce ? 0 : Math.min(2 ** (turnsOfOurs - turnsAtOnce), 60);
    clearTimeout(timer);
    timer = setTimeout(wake, waits * 1000);
    timer.unref();
  }

  async function wake(): Promise<void> {
    if (!context.isIdle() || isWaking) return;
    isWaking = true;
    const { goOn } = await ask('agent_end', { going_on: false });
    if (goOn === undefined || !context.isIdle()) {
      isWaking = false;
      // It came while the guard was asked, which may not have seen it.
      if (hasMail) wakeInTime();
      return;
    }
    turnsOfOurs += 1;
    pi.sendMessage(messageOf(goOn), { triggerTurn: true });
  }

  function tell(message: string): void {
    if (told.has(message)) return;
    told.add(message);
    if (context.hasUI) context.ui.notify(message, 'warning');
    else console.error(message);
  }
}
