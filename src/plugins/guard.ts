/** Asks the guard, by a start of the program for each question, as harnesses do that have hooks. */
import { spawn } from 'node:child_process';
import { launcher } from './launcher.ts';

/** In the form of our own (`harness/plugin-form.ts`), or in that of the harness's hooks. */
export interface Answer {
  readonly refuse?: boolean;
  readonly reason?: string;
  readonly context?: string;
  readonly goOn?: string;
  readonly failure?: string;
}

export interface Question {
  readonly cwd: string;
  readonly [field: string]: unknown;
}

const answerMsMax = 5000;

/**
 * Asks for one harness, and never rejects: a broken guard holds nothing back. What failed is said to the person, each
 * failure once.
 */
export function guardOf(harness: string, tell: (failure: string) => void): typeof ask {
  const told = new Set<string>();
  return ask;

  async function ask(event: string, input: Question): Promise<Answer> {
    const answer = await answerOf(harness, event, input).catch((error: Error): Answer => {
      return { failure: `git-intercom cannot be asked, so nothing is held back: ${error.message}` };
    });
    if (answer.failure !== undefined && !told.has(answer.failure)) {
      told.add(answer.failure);
      tell(answer.failure);
    }
    return answer;
  }
}

/** Resolves to nothing where the guard is late. Rejects where it is gone or cannot be understood. */
function answerOf(harness: string, event: string, input: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const words = ['hook', harness, event];
    const child = spawn(launcher, words, { cwd: input.cwd, stdio: ['pipe', 'pipe', 'ignore'] });
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
    child.stdin.end(JSON.stringify(input));
  });
}
