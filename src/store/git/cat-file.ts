/**
 * One long-lived `git cat-file --batch`: reads a packed object in microseconds and maps packs instead of holding them
 * in memory. isomorphic-git's own reader took 1.0 s and 340 MB for the first object beside a pack of 200,000.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { IntercomError } from '../../domain/failure.ts';
import type { Oid } from '../../domain/oid.ts';
import type { GitObject } from './loose.ts';
import { gitEnvironment } from './run.ts';

interface Request {
  readonly oid: Oid;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** Answers come in the order of the questions. A child that dies fails what was asked of it and is started anew. */
export class CatFile {
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #requests: Request[] = [];
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #wantedBytes = 0;

  constructor(
    private readonly gitDir: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Undefined when git does not have the object. Rejects when git cannot be run. */
  read(oid: Oid): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      const child = this.#child ?? this.#start();
      this.#hold(child, 'ref');
      this.#requests.push({ oid, resolve, reject });
      child.stdin.write(`${oid}\n`);
    });
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child?.kill();
    this.#child = undefined;
  }

  #start(): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn('git', ['--git-dir', this.gitDir, 'cat-file', '--batch'], {
      env: { ...gitEnvironment(process.env), ...this.environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    this.#child = child;
    this.#received = [];
    this.#receivedBytes = 0;
    this.#wantedBytes = 0;
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stdin.on('error', () => {});
    const fail = (cause: unknown) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      for (const request of this.#requests.splice(0)) request.reject(cause);
    };
    child.on('error', fail);
    child.on('close', (code) => fail(ended(code)));
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes < this.#wantedBytes) return;
    let buffer = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    for (;;) {
      const answer = parseAnswer(buffer);
      if (typeof answer === 'number') {
        this.#wantedBytes = answer;
        break;
      }
      buffer = buffer.subarray(answer.bytes);
      this.#requests.shift()?.resolve(answer.object);
    }
    this.#received = [buffer];
    this.#receivedBytes = buffer.length;
    if (this.#requests.length === 0 && this.#child !== undefined) this.#hold(this.#child, 'unref');
  }

  /** An idle child must not keep the process alive. */
  #hold(child: ChildProcessByStdio<Writable, Readable, null>, how: 'ref' | 'unref'): void {
    child[how]();
    for (const stream of [child.stdin, child.stdout]) (stream as unknown as { ref(): void; unref(): void })[how]?.();
  }
}

function ended(code: number | null): IntercomError {
  return new IntercomError({
    code: 'git-failed',
    message: `git cat-file ended early, with ${code === null ? 'a signal' : `code ${code}`}.`,
    next: 'Run the command again; if it stays, git fsck shows what git stumbles over.',
  });
}

/** The first whole answer of the buffer, or how many bytes it takes to have one. */
function parseAnswer(buffer: Buffer): { bytes: number; object: GitObject | undefined } | number {
  const lineEnd = buffer.indexOf(10);
  if (lineEnd < 0) return buffer.length + 1;
  const [, type, size] = buffer.toString('latin1', 0, lineEnd).split(' ');
  if (type === 'missing' || size === undefined) return { bytes: lineEnd + 1, object: undefined };
  const end = lineEnd + 1 + Number(size) + 1;
  if (buffer.length < end) return end;
  const content = Buffer.from(buffer.subarray(lineEnd + 1, end - 1));
  return { bytes: end, object: { type: type as GitObject['type'], content } };
}
